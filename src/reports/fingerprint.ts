import type { ColumnKind, ReportKind } from '../domain/report'
import { columnsOf } from './columns'

/** SHA-256 over what a reader sees in the rows, so that it can be taken again from any file: hexadecimal. */
export async function fingerprintOf(kind: ReportKind, rows: readonly (readonly (string | number)[])[]): Promise<string> {
  const columns = columnsOf(kind)
  const lines = rows.map((row) => columns.map((column, i) => canonical(row[i] ?? '', column.kind)).join('\u001f'))
  const text = [columns.map(({ name }) => name).join('\u001f'), ...lines].join('\n')
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** 4f3a-91c0-77de-02b8: what stands in the footer, for the eye. */
export function shortFingerprint(fingerprint: string): string {
  return (fingerprint.slice(0, 16).match(/.{4}/g) ?? []).join('-')
}

/** A cell as text: a spreadsheet keeps 36.0 as 36, and a CSV guards a formula with an apostrophe. */
function canonical(value: string | number, kind: ColumnKind): string {
  const text = String(value).trim()
  if (kind === 'celsius' && text !== '' && Number.isFinite(Number(text))) return Number(text).toFixed(1)
  return text.replace(/^'(?=[=+\-@＝＋－＠])/, '')
}
