import { parseCard } from '../../../domain/card'
import type { CardId } from '../../../domain/ids'
import { err, ok, type Result } from '../../../domain/result'
import { type CardHolder, cardHolder, type RosterIndex } from '../../../domain/roster-search'
import type { Problem } from './gate-state'

/** Who carries the card whose code was scanned; `today` is the calendar day at the gate. */
export function holderOf(text: string, roster: RosterIndex | undefined, today: string): Result<CardHolder, Problem> {
  const card = parseCard(text)
  if (!card.ok) return card
  if (!roster) return err({ kind: 'roster-loading' })
  return validHolder(card.value, roster, today)
}

function validHolder(id: CardId, roster: RosterIndex, today: string): Result<CardHolder, Problem> {
  const holder = cardHolder(roster, id)
  if (!holder) return err({ kind: 'card-unknown' })
  if (holder.card.state === 'revoked') return err({ kind: 'card-revoked' })
  const { validUntil } = holder.card
  if (validUntil !== undefined && validUntil < today) return err({ kind: 'card-expired', day: validUntil })
  if (holder.card.kind === 'person' && !holder.resident) return err({ kind: 'card-unknown' })
  return ok(holder)
}
