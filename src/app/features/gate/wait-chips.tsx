import { useEffect, useState } from 'preact/hooks'
import { type Passage, passageOf } from '../../../domain/passage'
import { openWaits } from '../../../storage/facts'
import { t } from '../../i18n/translate'
import { useServices } from '../../services'
import { Icon } from '../../ui/icon'
import { whoOf } from './who'

/** Who waits for a retest, from the facts: a kill or a restart forgets nobody. */
export function WaitChips({ onPick }: { readonly onPick: (passage: Passage) => void }) {
  const { db, codec, identity, counters } = useServices()
  const [waits, setWaits] = useState<readonly Passage[]>([])
  const { rules } = identity.value
  const saves = counters.value.lastSeq

  useEffect(() => {
    let current = true
    openWaits(db, codec).then(
      (open) => current && setWaits(open.flatMap((operations) => passageIn(operations, rules))),
      () => undefined, // an unreadable database is told by the next save
    )
    return () => {
      current = false
    }
  }, [db, codec, rules, saves])

  if (waits.length === 0) return null
  return (
    <ul class="wait-chips">
      {waits.map((passage) => (
        <li key={passage.key}>
          <WaitChip passage={passage} onPick={onPick} />
        </li>
      ))}
    </ul>
  )
}

function passageIn(operations: Parameters<typeof passageOf>[1], rules: Parameters<typeof passageOf>[2]): Passage[] {
  const checkIn = operations.find((operation) => operation.kind === 'check-in')
  return checkIn ? [passageOf(checkIn, operations, rules)] : []
}

/** Counts down by itself, so that nothing else is drawn again each second. */
function WaitChip({ passage, onPick }: { readonly passage: Passage; readonly onPick: (passage: Passage) => void }) {
  const { now, identity, roster } = useServices()
  const [time, setTime] = useState(now())
  useEffect(() => {
    const timer = setInterval(() => setTime(now()), 1000)
    return () => clearInterval(timer)
  }, [now])
  const { name } = whoOf(passage.checkIn.subject, passage.checkIn.way, roster.value)
  const left = Math.max(0, passage.lastReadingAt + identity.value.rules.retestAfter - time)
  const words = () => {
    if (passage.step.at === 'too-low') return t('gate.chip-low', { name })
    return left === 0 ? t('gate.chip-due', { name }) : t('gate.chip-wait', { time: minutesText(left), name })
  }
  return (
    <button type="button" class={left === 0 ? 'wait-chip wait-chip-due' : 'wait-chip'} onClick={() => onPick(passage)}>
      <Icon name="hand" size={20} />
      {words()}
    </button>
  )
}

/** 3:42. */
function minutesText(ms: number): string {
  const seconds = Math.ceil(ms / 1000)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}
