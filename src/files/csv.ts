export type Cell = string | number

const STARTS_FORMULA = /^[=+\-@\t\r＝＋－＠]/
const NEEDS_QUOTES = /[",\r\n;\t]|^\s|\s$/

/** A CSV that WPS and Excel open as it is: UTF-8 with BOM, CRLF (RFC 4180). No text in it is ever run as a formula. */
export function csvOf(heading: readonly string[], rows: readonly (readonly Cell[])[]): Uint8Array<ArrayBuffer> {
  const lines = [heading, ...rows].map((cells) => cells.map(cellText).join(','))
  return new TextEncoder().encode(`\uFEFF${lines.join('\r\n')}\r\n`)
}

/** A spreadsheet runs what begins like a formula; an apostrophe before it makes it text. Numbers stay numbers. */
function cellText(cell: Cell): string {
  if (typeof cell === 'number') return String(cell)
  const text = STARTS_FORMULA.test(cell.trimStart()) ? `'${cell}` : cell
  return NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
