import type { Told } from './operation'
import { correctedTime } from './time'

/**
 * One order for operations of several phones, whatever order they came in: a phone's own numbers hold, and between
 * phones the corrected time. A clock that jumped back within a phone does not bring its later operations forward.
 */
export function inOrder<O extends Told>(operations: readonly O[]): O[] {
  const byPhone = new Map<string, O[]>()
  for (const operation of operations) {
    const others = byPhone.get(operation.by ?? '')
    if (others) others.push(operation)
    else byPhone.set(operation.by ?? '', [operation])
  }
  const placed = [...byPhone].flatMap(([phone, own]) => {
    let latest = Number.NEGATIVE_INFINITY
    return own
      .sort((a, b) => a.seq - b.seq)
      .map((operation) => {
        latest = Math.max(latest, correctedTime(operation))
        return { operation, phone, at: latest }
      })
  })
  return placed
    .sort((a, b) => a.at - b.at || (a.phone < b.phone ? -1 : a.phone > b.phone ? 1 : a.operation.seq - b.operation.seq))
    .map(({ operation }) => operation)
}
