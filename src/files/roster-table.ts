import Papa from 'papaparse'
import { err, ok, type Result } from '../domain/result'

/** A sheet as it was read: all cells are text, and empty rows stay, so that row numbers are those of the spreadsheet. */
export interface Table {
  readonly name: string
  readonly rows: readonly (readonly string[])[]
}

export type TableError =
  | { readonly kind: 'empty' }
  /** Neither CSV nor XLSX: an old XLS, a picture, a PDF. */
  | { readonly kind: 'unknown-format' }
  | { readonly kind: 'unreadable' }
  | { readonly kind: 'too-large' }

const MOST_BYTES = 20_000_000
const LEAST_CUT = 1e15
const ZIP = [0x50, 0x4b, 0x03, 0x04]
const OLD_OFFICE = [0xd0, 0xcf, 0x11, 0xe0]
const PDF = [0x25, 0x50, 0x44, 0x46]

/** Reads a CSV (UTF-8 or GB 18030; comma, semicolon or tab) or the sheets of an XLSX. */
export async function readTables(bytes: Uint8Array<ArrayBuffer>): Promise<Result<readonly Table[], TableError>> {
  if (bytes.length > MOST_BYTES) return err({ kind: 'too-large' })
  if (begins(bytes, OLD_OFFICE) || begins(bytes, PDF)) return err({ kind: 'unknown-format' })
  const read = begins(bytes, ZIP) ? await sheets(bytes) : csv(bytes)
  if (!read.ok) return read
  const tables = read.value.filter(({ rows }) => rows.some((row) => row.some((cell) => cell !== '')))
  return tables.length > 0 ? ok(tables) : err({ kind: 'empty' })
}

async function sheets(bytes: Uint8Array<ArrayBuffer>): Promise<Result<readonly Table[], TableError>> {
  try {
    const { default: readXlsx } = await import('read-excel-file/universal')
    const found = await readXlsx(new Blob([bytes]))
    return ok(found.map(({ sheet, data }) => ({ name: sheet, rows: data.map((row) => row.map(cellText)) })))
  } catch {
    return err({ kind: 'unreadable' })
  }
}

function csv(bytes: Uint8Array<ArrayBuffer>): Result<readonly Table[], TableError> {
  const text = decoded(bytes)
  if (text.includes('\0')) return err({ kind: 'unknown-format' })
  const { data } = Papa.parse<string[]>(text, { delimitersToGuess: [',', '\t', ';', '，'] })
  return ok([{ name: '', rows: data.map((row) => row.map(cellText)) }])
}

/** A chat forwards what Excel saved in the local code page as often as UTF-8. */
function decoded(bytes: Uint8Array<ArrayBuffer>): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('gb18030').decode(bytes)
  }
}

function cellText(cell: unknown): string {
  if (cell === null || cell === undefined) return ''
  // A spreadsheet keeps 15 digits of a number: of a longer one the end is gone, and it must not pass for one that is whole.
  if (typeof cell === 'number' && Math.abs(cell) >= LEAST_CUT) return cell.toExponential()
  return cell instanceof Date ? cell.toISOString().slice(0, 10) : String(cell).trim()
}

const begins = (bytes: Uint8Array, sign: readonly number[]) => sign.every((byte, i) => bytes[i] === byte)
