import { useState } from 'preact/hooks'
import { OUTCOMES, type Outcome, type StepTaken } from '../../../domain/incident'
import { t } from '../../i18n/translate'
import { Button } from '../../ui/button'
import { Choice } from '../../ui/choice'
import { Section } from '../../ui/facts'
import { Field } from '../../ui/field'
import { Notice } from '../../ui/notice'

interface CloseIncidentProps {
  readonly isTakenOver: boolean
  readonly onStep: (step: StepTaken) => Promise<boolean>
}

/** 结案: where the person went. It leaves the first screen of every phone. */
export function CloseIncident({ isTakenOver, onStep }: CloseIncidentProps) {
  const [outcome, setOutcome] = useState<Outcome>()
  const [words, setWords] = useState('')
  const close = () => {
    if (outcome) void onStep({ at: 'closed', outcome, ...(words.trim() ? { words: words.trim() } : {}) })
  }
  return (
    <Section title={t('incident.close')}>
      {!isTakenOver && <Notice tone="wait" title={t('incident.nobody-yet')} />}
      <Choice
        legend={t('incident.outcome')}
        options={OUTCOMES.map((each) => ({ value: each, label: t(`incident.outcome-${each}`) }))}
        value={outcome}
        onChange={setOutcome}
      />
      <Field label={t('incident.close-words')} value={words} onInput={setWords} maxLength={200} />
      <Button look="main" tall wide disabled={!outcome} onClick={close}>
        {t('incident.close-do')}
      </Button>
    </Section>
  )
}
