import { useState } from 'preact/hooks'
import { parseCelsius } from '../../../domain/reading'
import type { StorageError } from '../../../storage/storage-error'
import { celsiusText } from '../../i18n/format'
import { t } from '../../i18n/translate'
import { useServices } from '../../services'
import { type FollowUp, keepFollowUps } from '../../shell/follow-up'
import { useOnce } from '../../shell/one-at-a-time'
import { give } from '../../shell/signals'
import { STORAGE_WORDS } from '../../shell/storage-words'
import { Button } from '../../ui/button'
import { Choice } from '../../ui/choice'
import { Dialog } from '../../ui/dialog'
import { Field } from '../../ui/field'
import { corrected, isPassage, type LastPassage, lastPassage } from './last-passage'
import { takeBack } from './undoing'

/** Corrects or voids what was made last: a further record that names it, nothing is overwritten. Of a passage that was measured again it is the retest alone. */
export function CorrectDialog({ last, onClose }: { readonly last: LastPassage; readonly onClose: () => void }) {
  const services = useServices()
  const { rules, preferences } = services
  const [direction, setDirection] = useState(last.direction)
  const [typed, setTyped] = useState(last.reading ? celsiusText(last.reading.celsius) : '')
  const [note, setNote] = useState('')
  const [error, setError] = useState<string>()
  const site = last.reading?.site ?? 'forehead'
  const bands = rules.value.bands[site]
  const why = last.only ? 'gate.reason-mistyped' : 'gate.reason-wrong-person'
  const notSaved = (problem: StorageError) => setError(`${t('gate.not-saved')} ${t(STORAGE_WORDS[problem.kind].title)}`)

  const correct = useOnce(async () => {
    const reading = last.reading
    const parsed = reading && parseCelsius(typed, bands)
    if (parsed && !parsed.ok) return setError(t('gate.keypad-range', { least: celsiusText(bands.least), most: celsiusText(bands.most) }))
    const measured = reading && parsed && parsed.value !== reading.celsius ? { ...reading, celsius: parsed.value } : undefined
    const amend = { kind: 'amend', target: last.key, reason: t('gate.reason-mistyped') } as const
    const ofPassage = {
      ...(direction === last.direction ? {} : { direction }),
      ...(note.trim() ? { note: note.trim() } : {}),
      ...(measured && !last.only ? { measured } : {}),
    }
    const followUps: FollowUp[] = [
      ...(Object.keys(ofPassage).length > 0 ? [{ ...amend, ...ofPassage }] : []),
      ...(measured && last.only ? [{ ...amend, only: last.only, measured }] : []),
    ]
    if (followUps.length === 0) return setError(t('gate.correct-nothing'))
    const kept = await keepFollowUps(services, followUps)
    if (!kept.ok) return notSaved(kept.error)
    const after = kept.value ? corrected(last, kept.value) : last
    // Corrected to a high reading, somebody waits.
    if (after.outcome !== last.outcome && (after.outcome === 'waits' || after.outcome === 'confirmed')) give('wait', preferences.value)
    lastPassage.value = after
    onClose()
  })

  const withdraw = useOnce(async () => {
    const taken = await takeBack(services, last, t(why))
    if (!taken.ok) return notSaved(taken.error)
    onClose()
  })

  return (
    <Dialog title={t('gate.correct-title')} onClose={onClose}>
      <div class="gate-reasons">
        <p>
          {last.who.name} {last.who.unit}
        </p>
        {isPassage(last) && (
          <Choice
            row
            legend={t('gate.correct-direction')}
            options={[
              { value: 'in', label: t('direction.in') },
              { value: 'out', label: t('direction.out') },
            ]}
            value={direction}
            onChange={setDirection}
          />
        )}
        {last.outcome === 'emergency' && (
          <Field
            label={t('gate.emergency-details')}
            hint={t('gate.emergency-details-hint')}
            value={note}
            onInput={setNote}
            maxLength={200}
          />
        )}
        {last.reading && (
          <Field
            label={t('gate.correct-reading')}
            hint={t('gate.correct-reading-hint')}
            value={typed}
            onInput={setTyped}
            inputMode="decimal"
            maxLength={5}
          />
        )}
        {error && (
          <p class="field-error" role="alert">
            {error}
          </p>
        )}
        {isPassage(last) && (
          <Button look="main" tall wide onClick={() => void correct()}>
            {t('gate.correct-save')}
          </Button>
        )}
        <Button look="danger" wide onClick={() => void withdraw()}>
          {t('gate.correct-void')} · {t(why)}
        </Button>
        <Button wide onClick={onClose}>
          {t('common.cancel')}
        </Button>
      </div>
    </Dialog>
  )
}
