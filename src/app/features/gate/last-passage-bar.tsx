import { useEffect, useState } from 'preact/hooks'
import { celsiusText } from '../../i18n/format'
import { t } from '../../i18n/translate'
import { useServices } from '../../services'
import { give } from '../../shell/signals'
import { Icon } from '../../ui/icon'
import { CorrectDialog } from './correct-dialog'
import type { GateActions } from './gate-actions'
import { type LastPassage, lastPassage, UNDO_FOR } from './last-passage'

/** Who was saved last: green because it is on disk, to be undone for 10 s, and corrected after. */
export function LastPassageBar({ actions }: { readonly actions: GateActions }) {
  const last = lastPassage.value
  if (!last) return null
  return <Bar key={last.key} last={last} actions={actions} />
}

function Bar({ last, actions }: { readonly last: LastPassage; readonly actions: GateActions }) {
  const { save, preferences } = useServices()
  const [correcting, correct] = useState(false)
  const [failed, setFailed] = useState(false)
  const left = useSecondsLeft(last.savedAt)

  const undo = async () => {
    const voided = await save(
      [last.key, ...(last.also ?? [])].map((target) => ({ operation: { kind: 'void', target, reason: 'undo' }, wait: 'closes' })),
    )
    setFailed(!voided.ok)
    if (voided.ok) lastPassage.value = { ...last, outcome: 'undone' }
    else give('failed', preferences.value)
  }

  const { household } = last.who
  const others = household && household.residents.length > 1 && last.who.cardId
  return (
    <section class={`last last-${last.outcome}`}>
      <p class="last-word" role="status">
        <Icon name={last.outcome === 'undone' ? 'returned' : 'check'} />
        <span>{failed ? t('gate.not-saved-undo') : wordsOf(last)}</span>
      </p>
      {others && (
        <button
          type="button"
          onClick={() =>
            actions.household(household, { way: last.who.way ?? 'card', ...(last.who.cardId ? { cardId: last.who.cardId } : {}) })
          }
        >
          {t('gate.next-member')}
        </button>
      )}
      {last.outcome !== 'undone' &&
        (left > 0 ? (
          <button type="button" onClick={() => void undo()}>
            {t('common.undo-seconds', { seconds: left })}
          </button>
        ) : (
          <button type="button" onClick={() => correct(true)}>
            {t('gate.correct')}
          </button>
        ))}
      {correcting && <CorrectDialog last={last} onClose={() => correct(false)} />}
    </section>
  )
}

function wordsOf({ outcome, who: { name }, direction, reading }: LastPassage): string {
  const side = t(`direction.${direction}`)
  switch (outcome) {
    case 'admitted':
      return t('gate.saved-admitted', { name, celsius: reading ? celsiusText(reading.celsius) : '', direction: side })
    case 'outside':
      return t('gate.saved-outside', { name, celsius: reading ? celsiusText(reading.celsius) : t('gate.in-range') })
    case 'in-range':
      return t('gate.saved-in-range', { name, direction: side })
    case 'turned-back':
    case 'emergency':
      return t(`gate.saved-${outcome}`, { name, direction: side })
    case 'counted':
    case 'noted':
      return t('gate.saved-noted', { name })
    case 'not-measured':
      return t('gate.saved-not-measured', { name, direction: side })
    case 'left':
      return t('gate.saved-left', { name })
    case 'undone':
      return t('gate.saved-undone', { name })
    default:
      return outcome satisfies never
  }
}

function useSecondsLeft(from: number): number {
  const [time, setTime] = useState(Date.now())
  const left = Math.max(0, Math.ceil((from + UNDO_FOR - time) / 1000))
  useEffect(() => {
    if (left === 0) return
    const timer = setTimeout(() => setTime(Date.now()), 250)
    return () => clearTimeout(timer)
  }, [time, left])
  return left
}
