import type { GatepostDatabase } from './database'
import { confirmedName } from './outbox'

const KEPT_AFTER_CONFIRMATION = 72 * 3_600_000

/** Lets go of days whose every row the server confirmed more than 72 h ago (device ms). Unsent rows, and days with an open wait, stay. */
export async function purge(db: GatepostDatabase, now: number): Promise<number> {
  return db.transaction('rw', [db.facts, db.outbox, db.waits, db.cases, db.mergedDays, db.progress], async () => {
    const days = (await db.facts.orderBy('day').uniqueKeys()).map(String)
    const unsent = new Set((await db.outbox.toArray()).map(({ day }) => String(day)))
    const waiting = await db.facts.bulkGet((await db.waits.toArray()).map(({ key }) => key))
    const open = new Set(waiting.map((row) => row?.day as string | undefined))
    let gone = 0
    for (const day of days) {
      const confirmed = await db.progress.get(confirmedName(day))
      if (unsent.has(day) || open.has(day) || confirmed === undefined) continue
      if (Number(confirmed.value) + KEPT_AFTER_CONFIRMATION > now) continue
      gone += await db.facts.where('day').equals(day).delete()
      await db.progress.delete(confirmedName(day))
    }
    await db.cases
      .where('open')
      .equals(0)
      .and(({ at }) => at + KEPT_AFTER_CONFIRMATION < now)
      .delete()
    // Another phone's day is here to be handed in, not to be kept.
    await db.mergedDays
      .where('takenAt')
      .below(now - KEPT_AFTER_CONFIRMATION)
      .delete()
    return gone
  })
}
