import { useEffect, useState } from 'preact/hooks'
import type { Passage } from '../../../domain/passage'
import { t } from '../../i18n/translate'
import { useServices } from '../../services'
import { whoOf } from '../../shell/who'
import { Icon } from '../../ui/icon'
import { openMatter } from './open-matters'

/** Who waits for a retest, and incidents that are not closed, of any phone of the post: a kill or a restart forgets nobody. */
export function WaitChips({ onPick }: { readonly onPick: (passage: Passage) => void }) {
  const { kept, judgedBy, post } = useServices()
  const open = kept.matters.value.flatMap((operations) => {
    const matter = openMatter(operations, judgedBy)
    // A phone whose scope is wider hears of other posts too; what it wrote itself stays with it.
    return matter && (!matter.passage.by || matter.passage.checkIn.postId === post.value.id) ? [matter] : []
  })
  return (
    <>
      {open.map(({ passage, incident }) => (
        <li key={passage.key}>
          {incident ? (
            <IncidentChip passage={passage} isTakenOver={incident.takenOver !== undefined} />
          ) : (
            <WaitChip passage={passage} onPick={onPick} />
          )}
        </li>
      ))}
    </>
  )
}

function IncidentChip({ passage, isTakenOver }: { readonly passage: Passage; readonly isTakenOver: boolean }) {
  const { roster } = useServices()
  const { name } = whoOf(passage.checkIn.subject, passage.checkIn.way, roster.value)
  return (
    <a class="wait-chip wait-chip-due" href={`/incident/${passage.key}`}>
      <Icon name="warning" size={20} />
      {t(isTakenOver ? 'gate.chip-taken-over' : 'gate.chip-incident', { name })}
    </a>
  )
}

/** Counts down by itself, so that nothing else is drawn again each second. */
function WaitChip({ passage, onPick }: { readonly passage: Passage; readonly onPick: (passage: Passage) => void }) {
  const { now, judgedBy, roster } = useServices()
  const [time, setTime] = useState(now())
  useEffect(() => {
    const timer = setInterval(() => setTime(now()), 1000)
    return () => clearInterval(timer)
  }, [now])
  const { name } = whoOf(passage.checkIn.subject, passage.checkIn.way, roster.value)
  const left = Math.max(0, passage.lastReadingAt + judgedBy(passage.checkIn.rules).retestAfter - time)
  const words = () => {
    if (passage.step.at === 'too-low') return t('gate.chip-low', { name })
    return left === 0 ? t('gate.chip-due', { name }) : t('gate.chip-wait', { time: minutesText(left), name })
  }
  return (
    <button
      type="button"
      class={left === 0 ? 'wait-chip chip-retest wait-chip-due' : 'wait-chip chip-retest'}
      onClick={() => onPick(passage)}
    >
      <Icon name="hand" size={20} />
      {words()}
    </button>
  )
}

/** 3:42. */
export function minutesText(ms: number): string {
  const seconds = Math.ceil(ms / 1000)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}
