import { useEffect, useState } from 'preact/hooks'
import type { Passage } from '../../../domain/passage'
import { t } from '../../i18n/translate'
import { useServices } from '../../services'
import { whoOf } from '../../shell/who'
import { Icon } from '../../ui/icon'
import { leftOf } from './matters-here'
import type { OpenMatter } from './open-matters'

interface MatterChipProps {
  readonly matter: OpenMatter
  readonly onPick: (passage: Passage) => void
}

/** Who waits for a retest, or an incident that is not closed. */
export function MatterChip({ matter, onPick }: MatterChipProps) {
  return matter.incident ? <IncidentChip matter={matter} /> : <WaitChip matter={matter} onPick={onPick} />
}

function IncidentChip({ matter: { passage, incident } }: { readonly matter: OpenMatter }) {
  const { roster } = useServices()
  const { name } = whoOf(passage.checkIn.subject, passage.checkIn.way, roster.value)
  return (
    <a class="wait-chip wait-chip-due" href={`/incident/${passage.key}`}>
      <Icon name="warning" size={20} />
      {t(incident?.takenOver ? 'gate.chip-taken-over' : 'gate.chip-incident', { name })}
    </a>
  )
}

/** Counts down by itself, so that nothing else is drawn again each second. */
function WaitChip({ matter, onPick }: MatterChipProps) {
  const services = useServices()
  const [left, setLeft] = useState(() => leftOf(matter, services))
  useEffect(() => {
    const count = () => setLeft(leftOf(matter, services))
    count()
    const timer = setInterval(count, 1000)
    return () => clearInterval(timer)
  }, [matter.passage.key, matter.passage.lastReadingAt, services])
  const { checkIn, step } = matter.passage
  const { name } = whoOf(checkIn.subject, checkIn.way, services.roster.value)
  const words = () => {
    if (step.at === 'too-low') return t('gate.chip-low', { name })
    return left === 0 ? t('gate.chip-due', { name }) : t('gate.chip-wait', { time: minutesText(left), name })
  }
  // Two countdowns side by side leave room for the queue's card; whoever listens hears what it is.
  const isCounting = step.at !== 'too-low' && left > 0
  return (
    <button
      type="button"
      class={left === 0 ? 'wait-chip chip-retest wait-chip-due' : 'wait-chip chip-retest'}
      onClick={() => onPick(matter.passage)}
      {...(isCounting ? { 'aria-label': words() } : {})}
    >
      <Icon name="hand" size={20} />
      {isCounting ? `${minutesText(left)} ${name}` : words()}
    </button>
  )
}

/** 3:42. */
export function minutesText(ms: number): string {
  const seconds = Math.ceil(ms / 1000)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}
