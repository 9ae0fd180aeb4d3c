import { useState } from 'preact/hooks'
import { OUTCOMES, type Outcome, type StepTaken } from '../../../domain/incident'
import { t } from '../../i18n/translate'
import { useOnce } from '../../shell/one-at-a-time'
import { Button } from '../../ui/button'
import { Choice } from '../../ui/choice'
import { Dialog } from '../../ui/dialog'
import { Section } from '../../ui/facts'
import { Field } from '../../ui/field'
import { Notice } from '../../ui/notice'

interface CloseIncidentProps {
  readonly isTakenOver: boolean
  readonly onStep: (step: StepTaken) => Promise<boolean>
}

/** 结案: where the person went. It leaves the first screen of every phone, and so it is asked once more. */
export function CloseIncident({ isTakenOver, onStep }: CloseIncidentProps) {
  const [outcome, setOutcome] = useState<Outcome>()
  const [words, setWords] = useState('')
  const [asking, ask] = useState(false)
  const close = useOnce(async () => {
    ask(false)
    if (outcome) await onStep({ at: 'closed', outcome, ...(words.trim() ? { words: words.trim() } : {}) })
  })
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
      <Button look="main" tall wide disabled={!outcome} onClick={() => ask(true)}>
        {t('incident.close-do')}
      </Button>
      {asking && outcome && (
        <Dialog title={t('incident.close-sure', { outcome: t(`incident.outcome-${outcome}`) })} onClose={() => ask(false)}>
          <p>{t('incident.close-what')}</p>
          <Button look="main" tall wide onClick={() => void close()}>
            {t('incident.close-yes')}
          </Button>
          <Button look="quiet" wide onClick={() => ask(false)}>
            {t('common.cancel')}
          </Button>
        </Dialog>
      )}
    </Section>
  )
}
