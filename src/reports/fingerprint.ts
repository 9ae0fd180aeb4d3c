import type { ColumnKind, ReportKind } from '../domain/report'
import { columnsOf } from './columns'

/** What a report's check code stands for: whose and which report, of which time and place, and each cell. */
export interface Fingerprinted {
  readonly kind: ReportKind
  readonly title: string
  /** Its first line: day, shift, post, cut-off. */
  readonly span: string
  readonly rows: readonly (readonly (string | number)[])[]
}

/** SHA-256 over what a reader sees, so that it can be taken again from any file: hexadecimal. */
export async function fingerprintOf({ kind, title, span, rows }: Fingerprinted): Promise<string> {
  const columns = columnsOf(kind)
  const lines = rows.map((row) => columns.map((column, i) => canonical(row[i] ?? '', column.kind)).join('\u001f'))
  const head = [kind, canonical(title, 'text'), canonical(span, 'text'), columns.map(({ name }) => name).join('\u001f')]
  const text = [...head, ...lines].join('\n')
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** 4f3a-91c0-77de-02b8: what stands in the footer, for the eye. */
export function shortFingerprint(fingerprint: string): string {
  return (fingerprint.slice(0, 16).match(/.{4}/g) ?? []).join('-')
}

const GUARDED = /^'(?=[=+\-@＝＋－＠])/

/** A cell as text: a spreadsheet keeps 36.0 as 36, and a CSV guards a formula with an apostrophe. */
function canonical(value: string | number, kind: ColumnKind): string {
  if (typeof value === 'number') return kind === 'celsius' ? value.toFixed(1) : String(value)
  const text = value.trim()
  if (kind === 'celsius' && text !== '' && Number.isFinite(Number(text))) return Number(text).toFixed(1)
  return text.startsWith("'") ? text.replace(GUARDED, '') : text
}
