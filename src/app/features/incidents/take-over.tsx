import { useState } from 'preact/hooks'
import type { Incident, StepTaken } from '../../../domain/incident'
import { dayClockText } from '../../i18n/format'
import { t } from '../../i18n/translate'
import { useOnce } from '../../shell/one-at-a-time'
import { Button } from '../../ui/button'
import { Section } from '../../ui/facts'
import { Field } from '../../ui/field'

interface TakeOverProps {
  readonly incident: Incident
  readonly onStep: (step: StepTaken) => Promise<boolean>
}

/** Symptoms in the person's words, and who took over, when. */
export function TakeOver({ incident: { symptoms, takenOver, closed }, onStep }: TakeOverProps) {
  const [words, setWords] = useState(symptoms ?? '')
  const [by, setBy] = useState('')
  const [empty, setEmpty] = useState(false)
  const take = useOnce(async () => {
    setEmpty(by.trim() === '')
    if (by.trim() !== '' && (await onStep({ at: 'taken-over', by: by.trim() }))) setBy('')
  })
  const note = useOnce(async () => void (await onStep({ at: 'symptoms', words: words.trim() })))
  return (
    <Section title={t('incident.take-over')}>
      {takenOver && <p>{t('incident.taken-over', { name: takenOver.by, time: dayClockText(takenOver.at) })}</p>}
      {!closed && (
        <>
          <Field
            label={t('incident.take-over-by')}
            value={by}
            onInput={setBy}
            maxLength={40}
            error={empty ? t('incident.take-over-empty') : undefined}
          />
          <Button wide tall onClick={() => void take()}>
            {t('incident.take-over-do')}
          </Button>
        </>
      )}
      {symptoms && <p>{t('incident.symptoms-said', { words: symptoms })}</p>}
      {!closed && (
        <>
          <Field label={t('register.symptoms')} value={words} onInput={setWords} maxLength={200} />
          <Button wide disabled={words.trim() === '' || words.trim() === symptoms} onClick={() => void note()}>
            {t('incident.symptoms-keep')}
          </Button>
        </>
      )}
    </Section>
  )
}
