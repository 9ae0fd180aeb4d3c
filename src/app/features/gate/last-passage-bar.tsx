import { useEffect, useState } from 'preact/hooks'
import { celsiusText } from '../../i18n/format'
import { t } from '../../i18n/translate'
import { useServices } from '../../services'
import { useOnce } from '../../shell/one-at-a-time'
import { Icon, type IconName } from '../../ui/icon'
import { CorrectDialog } from './correct-dialog'
import type { GateActions } from './gate-actions'
import { type LastPassage, lastPassage } from './last-passage'
import { useSecondsLeft } from './undo-button'
import { takeBack } from './undoing'

/** Who was saved last: green because it is on disk, to be undone for 10 s, and corrected after. */
export function LastPassageBar({ actions }: { readonly actions: GateActions }) {
  const last = lastPassage.value
  if (!last) return null
  return <Bar key={last.only ?? last.key} last={last} actions={actions} />
}

function Bar({ last, actions }: { readonly last: LastPassage; readonly actions: GateActions }) {
  const services = useServices()
  const [correcting, correct] = useState(false)
  const [failed, setFailed] = useState(false)
  const left = useSecondsLeft(last.savedAt)

  const { accepted } = services.counters.value
  useEffect(() => {
    if (!last.isTip) return
    const forget = (row: unknown) => {
      if (!row && lastPassage.value?.key === last.key) lastPassage.value = undefined
    }
    services.db.facts.get(last.key).then(forget, () => undefined) // what cannot be read is told by the next save
  }, [last, accepted, services.db])

  const undo = useOnce(async () => setFailed(!(await takeBack(services, last, 'undo')).ok))

  const { household } = last.who
  const others = household && household.residents.length > 1 && last.who.cardId
  return (
    <section class={`last last-${last.outcome}`}>
      <p class="last-word" role="status">
        <Icon name={ICONS[last.outcome] ?? 'check'} />
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

const ICONS: Partial<Record<LastPassage['outcome'], IconName>> = {
  undone: 'returned',
  waits: 'hand',
  'too-low': 'hand',
  confirmed: 'warning',
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
    case 'waits':
    case 'too-low':
    case 'confirmed':
      return t(`gate.saved-${outcome}`, { name, celsius: reading ? celsiusText(reading.celsius) : '' })
    case 'turned-back':
    case 'emergency':
    case 'excepted':
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
