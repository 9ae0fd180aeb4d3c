import { csvOf } from '../files/csv'
import type { Cell, Sheet } from './sheet'

/** Heading, rows, and after an empty line what stands in the footer of a page. */
export function sheetCsv({ columns, rows, title, about, footer }: Sheet): Uint8Array<ArrayBuffer> {
  const cells = rows.map((row) => row.map((cell, i) => cellText(cell, columns[i]?.kind)))
  const after = ['', title, ...about, ...footer].map((line) => [line])
  return csvOf(
    columns.map((column) => column.title),
    [...cells, ...after],
  )
}

const cellText = (cell: Cell, kind: string | undefined) => (kind === 'celsius' && typeof cell === 'number' ? cell.toFixed(1) : cell)
