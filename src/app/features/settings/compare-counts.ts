import type { Counters } from '../../../storage/counters'

/** How many of this phone's records the server holds, beside how many the phone has made that the server has not sent back. */
export type Comparison =
  | { readonly kind: 'equal' | 'differs'; readonly phone: number; readonly server: number }
  | { readonly kind: 'waiting'; readonly phone: number; readonly server: number; readonly waiting: number }

/** A batch whose answer was lost is held by the server and still waits on the phone: that is no difference either. */
export function compareCounts({ accepted, waiting }: Counters, server: number): Comparison {
  const phone = accepted + waiting
  if (phone === server) return { kind: 'equal', phone, server }
  if (server >= accepted && server < phone) return { kind: 'waiting', phone, server, waiting }
  return { kind: 'differs', phone, server }
}
