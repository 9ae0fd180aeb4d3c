import type { Notice } from '../domain/notice'
import type { GatepostDatabase, NoticeRow } from './database'
import type { Also } from './record'

/** Newest first. */
export async function loadNotices(db: GatepostDatabase): Promise<NoticeRow[]> {
  const rows = await db.notices.toArray()
  return rows.sort((a, b) => (a.publishedAt < b.publishedAt ? 1 : -1))
}

/** Told again, a notice stays read. */
export async function putNotice(db: GatepostDatabase, notice: Notice): Promise<void> {
  const before = await db.notices.get(notice.id)
  await db.notices.put({ ...notice, readAt: before?.readAt ?? 0 })
}

/** Marks a notice as read, to be written with its receipt. */
export function alsoRead(row: NoticeRow, now: number): Also {
  return { stores: ['notices'], write: (transaction) => void transaction.objectStore('notices').put({ ...row, readAt: now }) }
}
