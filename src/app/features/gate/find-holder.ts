import type { CardError } from '../../../domain/card'
import { isOwnCode } from '../../../domain/recognisers'
import { err, ok, type Result } from '../../../domain/result'
import { type CardHolder, cardHolder } from '../../../domain/roster-search'
import { plainCardId, plainCodeOf } from '../../../trust/plain-card'
import type { Services } from '../../services'
import type { Problem } from './gate-state'

/** Who carries the card whose code was scanned: first the card is judged, then the roster asked. */
export async function holderOf(text: string, services: Services): Promise<Result<CardHolder, Problem>> {
  const { checkCard, roster, rosterState } = services
  const card = await checkCard(text)
  if (!card.ok) return card.error.kind === 'foreign' ? plainHolder(text, card.error, services) : card
  if (!roster.value) return err({ kind: rosterState.value === 'hidden' ? 'roster-hidden' : 'roster-loading' })
  const { id, kind } = card.value
  const holder = cardHolder(roster.value, id)
  if (!holder) return err(kind === 'blank' ? { kind: 'card-unbound', cardId: id } : { kind: 'card-unknown' })
  return validHolder(holder)
}

/** A code of others' making may be a card that was handed out before: where the roster names it, it is one. */
async function plainHolder(
  text: string,
  foreign: Extract<CardError, { kind: 'foreign' }>,
  { roster, rosterState }: Services,
): Promise<Result<CardHolder, Problem>> {
  const code = isOwnCode(foreign.looksLike) ? undefined : plainCodeOf(text)
  if (code === undefined) return err(foreign)
  // What is plainly something else is told at once; a number may be a card that the roster knows.
  if (!roster.value && foreign.looksLike === 'text')
    return err({ kind: rosterState.value === 'hidden' ? 'roster-hidden' : 'roster-loading' })
  const holder = roster.value && cardHolder(roster.value, await plainCardId(code))
  return holder?.card.plain ? validHolder(holder) : err(foreign)
}

/** What the roster says of a card: switched off here before the server told all others, or its person has left. */
function validHolder(holder: CardHolder): Result<CardHolder, Problem> {
  if (holder.card.state === 'revoked') return err({ kind: 'revoked', cardId: holder.card.id })
  if (holder.card.kind === 'person' && !holder.resident) return err({ kind: 'card-unknown' })
  return ok(holder)
}

/** A typed short code brings no signature: the roster alone says whether its card holds. `today`: the calendar day at the gate. */
export function typedHolder(holder: CardHolder, today: string): Result<CardHolder, Problem> {
  const { validUntil, id } = holder.card
  if (validUntil !== undefined && validUntil < today)
    return err({ kind: 'expired', cardId: id, expiredAt: Date.parse(`${validUntil}T24:00:00+08:00`) })
  return validHolder(holder)
}
