import { useEffect, useRef } from 'preact/hooks'
import { Choice } from '../ui/choice'
import { Field } from '../ui/field'
import { type Answers, REASONS, type Wrong } from './answers'
import type { Say } from './words'

export interface VisitFormProps {
  readonly say: Say
  readonly answers: Answers
  readonly wrong: Wrong
  /** How often the answers were looked through. */
  readonly checks: number
  readonly onChange: (answers: Answers) => void
}

/** The post's questions to a visitor; what must be mended first comes into sight. */
export function VisitForm({ say, answers, wrong, checks, onChange }: VisitFormProps) {
  const form = useRef<HTMLDivElement>(null)
  useEffect(() => showFirstError(form.current), [checks])
  const change = (part: Partial<Answers>) => onChange({ ...answers, ...part })
  const error = (question: keyof Wrong) => {
    const word = wrong[question]
    return word && say(word)
  }
  return (
    <div ref={form} class="visit-form">
      <Field
        label={say('visit.name')}
        value={answers.name}
        onInput={(name) => change({ name })}
        error={error('name')}
        maxLength={40}
        autoComplete="name"
      />
      <Field
        label={say('visit.phone')}
        value={answers.phone}
        onInput={(phone) => change({ phone })}
        error={error('phone')}
        inputMode="tel"
        autoComplete="tel"
        maxLength={20}
      />
      <Field
        label={say('visit.visiting')}
        hint={say('visit.unit-hint')}
        value={answers.unit}
        onInput={(unit) => change({ unit })}
        maxLength={40}
      />
      <Choice
        legend={say('visit.reason')}
        options={REASONS.map((reason) => ({ value: reason, label: say(`visit.reason-${reason}`) }))}
        value={answers.reason}
        onChange={(reason) => change({ reason })}
      />
      <div class="visit-question">
        {wrong.keyArea && (
          <p class="field-error" role="alert">
            {error('keyArea')}
          </p>
        )}
        <Choice
          row
          legend={say('visit.key-area')}
          options={[
            { value: 'no', label: say('visit.no') },
            { value: 'yes', label: say('visit.yes') },
          ]}
          value={answers.keyArea === undefined ? undefined : answers.keyArea ? 'yes' : 'no'}
          onChange={(answer) => change({ keyArea: answer === 'yes' })}
        />
      </div>
      <Field
        label={say('visit.id-number')}
        hint={say('visit.id-hint')}
        value={answers.idNumber}
        onInput={(idNumber) => change({ idNumber })}
        error={error('idNumber')}
        maxLength={20}
      />
    </div>
  )
}

/** The button stands at the foot of a small screen; the question that it refuses for may be far above. */
function showFirstError(form: HTMLElement | null): void {
  const question = form?.querySelector('.field-error')?.parentElement
  question?.scrollIntoView({ block: 'center' })
  question?.querySelector('input')?.focus({ preventScroll: true })
}
