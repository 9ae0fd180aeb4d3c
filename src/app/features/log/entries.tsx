import { useState } from 'preact/hooks'
import type { DayLog, Entry } from '../../../domain/day-log'
import type { Operation } from '../../../domain/operation'
import { maskName } from '../../../domain/roster'
import { clockText } from '../../i18n/format'
import { t } from '../../i18n/translate'
import { Button } from '../../ui/button'
import { AmendRegister } from './amend-register'
import type { Uploads } from './use-day'
import { VoidForm } from './void-form'

/** The other registers of the day: counts, who was turned back, arrivals, requests, who was here, hand-overs. */
export function Entries({ folded, uploads }: { readonly folded: DayLog; readonly uploads: Uploads }) {
  const rows = [
    ...folded.counts,
    ...folded.turnedBack,
    ...folded.arrivals,
    ...folded.requests,
    ...folded.attendance,
    ...folded.handOvers,
  ].sort((a, b) => b.at - a.at)
  if (rows.length === 0) return null
  return (
    <section>
      <h2 class="passage-heading">{t('log.entries')}</h2>
      <ol class="log-rows" aria-label={t('log.entries')}>
        {rows.map((entry) => (
          <EntryRow key={entry.key} entry={entry} upload={uploads.get(entry.key) ?? 'done'} />
        ))}
      </ol>
    </section>
  )
}

interface EntryRowProps {
  readonly entry: Entry<Operation>
  readonly upload: 'waiting' | 'rejected' | 'done'
}

function EntryRow({ entry, upload }: EntryRowProps) {
  const [open, setOpen] = useState(false)
  const words = (
    <>
      <span class="log-time">{clockText(entry.at)}</span>
      <span class="log-direction">{t(`returned.kind-${entry.operation.kind}`)}</span>
      <span class="log-who">{wordsOf(entry)}</span>
      <span class="log-upload">{t(`log.upload-${upload}`)}</span>
    </>
  )
  // Both have signed a hand-over, and another phone's record is that phone's to void.
  const canVoid = !entry.voided && !entry.by && entry.operation.kind !== 'hand-over'
  if (!canVoid) {
    return (
      <li>
        <div class={entry.voided ? 'log-row log-row-voided' : 'log-row'}>{words}</div>
      </li>
    )
  }
  return (
    <li>
      <button type="button" class="log-row" aria-expanded={open} onClick={() => setOpen(!open)}>
        {words}
      </button>
      {open && <Change entry={entry} onDone={() => setOpen(false)} />}
    </li>
  )
}

/** An arrival is corrected more often than void: 未登记 becomes 已登记. */
function Change({ entry: { key, operation }, onDone }: { readonly entry: Entry<Operation>; readonly onDone: () => void }) {
  const [voids, setVoids] = useState(operation.kind !== 'arrival')
  if (voids) return <VoidForm target={key} onDone={onDone} />
  return (
    <>
      {operation.kind === 'arrival' && <AmendRegister registered={{ key, arrival: operation }} onDone={onDone} />}
      <Button wide look="danger" onClick={() => setVoids(true)}>
        {t('log.void')}
      </Button>
    </>
  )
}

function wordsOf({ operation, voided }: Entry<Operation>): string {
  if (voided) return t('log.state-voided')
  switch (operation.kind) {
    case 'count':
      return t('first.counted', { people: operation.people, direction: t(`direction.${operation.direction}`) })
    case 'turned-back':
      return t(`stop.${operation.why}`)
    case 'arrival':
      return `${maskName(operation.name)} · ${t(`register.platform-${operation.platform}`)}`
    case 'request':
      return t(`request.${operation.topic}`)
    case 'attendance':
      return `${operation.name} · ${t(`shift.kind-${operation.as}`)} · ${t(operation.direction === 'in' ? 'shift.sign-in' : 'shift.sign-out')}`
    case 'hand-over':
      return operation.to ? t('shift.handed-to', { name: operation.to }) : t('shift.unattended')
    default:
      return ''
  }
}
