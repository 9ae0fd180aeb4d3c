import { useState } from 'preact/hooks'
import type { Unstamped } from '../../../domain/operation'
import { parseCelsius } from '../../../domain/reading'
import { isOpenMatter, stepAfter } from '../../../domain/retest'
import type { Draft } from '../../../storage/record'
import { celsiusText } from '../../i18n/format'
import { t } from '../../i18n/translate'
import { useServices } from '../../services'
import { STORAGE_WORDS } from '../../shell/storage-words'
import { Button } from '../../ui/button'
import { Choice } from '../../ui/choice'
import { Dialog } from '../../ui/dialog'
import { Field } from '../../ui/field'
import { isPassage, type LastPassage, lastPassage } from './last-passage'

type Reason = 'gate.reason-mistyped' | 'gate.reason-wrong-person'

/** Corrects or voids the last passage: a further record that names it, nothing is overwritten. */
export function CorrectDialog({ last, onClose }: { readonly last: LastPassage; readonly onClose: () => void }) {
  const { save, rules } = useServices()
  const [direction, setDirection] = useState(last.direction)
  const [typed, setTyped] = useState(last.reading ? celsiusText(last.reading.celsius) : '')
  const [note, setNote] = useState('')
  const [error, setError] = useState<string>()
  const site = last.reading?.site ?? 'forehead'
  const bands = rules.value.bands[site]

  const keep = async (operation: Unstamped, after: LastPassage) => {
    const also =
      operation.kind === 'void' ? (last.also ?? []).map((target) => ({ operation: { ...operation, target }, wait: 'closes' as const })) : []
    const kept = await save([{ operation, ...waitOf(operation) }, ...also])
    if (!kept.ok) return setError(`${t('gate.not-saved')} ${t(STORAGE_WORDS[kept.error.kind].title)}`)
    lastPassage.value = after
    onClose()
  }

  /** Corrected to a high reading, somebody waits; withdrawn, nobody does. */
  const waitOf = (operation: Unstamped): Pick<Draft, 'wait'> => {
    if (operation.kind === 'void') return { wait: 'closes' }
    if (operation.kind !== 'amend' || !operation.measured || !('celsius' in operation.measured)) return {}
    return { wait: isOpenMatter(stepAfter([operation.measured], rules.value)) ? 'opens' : 'closes' }
  }

  const correct = () => {
    const reading = last.reading
    const parsed = reading && parseCelsius(typed, bands)
    if (parsed && !parsed.ok) return setError(t('gate.keypad-range', { least: celsiusText(bands.least), most: celsiusText(bands.most) }))
    const measured = reading && parsed && parsed.value !== reading.celsius ? { ...reading, celsius: parsed.value } : undefined
    if (!measured && direction === last.direction && note.trim() === '') return setError(t('gate.correct-nothing'))
    const operation: Unstamped = {
      kind: 'amend',
      target: last.key,
      reason: t('gate.reason-mistyped'),
      ...(direction === last.direction ? {} : { direction }),
      ...(measured ? { measured } : {}),
      ...(note.trim() ? { note: note.trim() } : {}),
    }
    return keep(operation, { ...last, direction, ...(measured ? { reading: measured } : {}) })
  }

  const withdraw = (reason: Reason) => keep({ kind: 'void', target: last.key, reason: t(reason) }, { ...last, outcome: 'undone' })

  return (
    <Dialog title={t('gate.correct-title')} onClose={onClose}>
      <div class="correct">
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
        <Button look="danger" wide onClick={() => void withdraw('gate.reason-wrong-person')}>
          {t('gate.correct-void')} · {t('gate.reason-wrong-person')}
        </Button>
        <Button wide onClick={onClose}>
          {t('common.cancel')}
        </Button>
      </div>
    </Dialog>
  )
}
