import type { Sheet } from './sheet'

/** The report for another program: rows by the columns' names. */
export function sheetJson({ kind, title, about, columns, rows, footer, fingerprint, madeBy, madeAt }: Sheet): Uint8Array<ArrayBuffer> {
  const named = rows.map((row) => Object.fromEntries(columns.map(({ name }, i) => [name, row[i] ?? ''])))
  const whole = {
    gatepost: 'report',
    kind,
    title,
    about,
    columns: columns.map(({ name, title: heading, kind: holds }) => ({ name, title: heading, kind: holds })),
    rows: named,
    footer,
    fingerprint,
    madeBy,
    madeAt: new Date(madeAt).toISOString(),
  }
  return new TextEncoder().encode(`${JSON.stringify(whole, undefined, 1)}\n`)
}
