import Papa from 'papaparse'
import readXlsx from 'read-excel-file/universal'
import { REPORT_KINDS, type ReportKind } from '../domain/report'
import { err, ok, type Result } from '../domain/result'
import { columnsOf, titlesOf } from './columns'
import { fingerprintOf, shortFingerprint } from './fingerprint'
import { en } from './words/en'
import { isHeading } from './words/named'
import type { ReportWords } from './words/words'
import { zhCN } from './words/zh-cn'

/** A report as it was found in a file. */
export interface ReadReport {
  readonly kind: ReportKind
  readonly words: ReportWords
  readonly rows: readonly (readonly string[])[]
  readonly title: string
  /** Its first line: day, shift, post, cut-off. */
  readonly span: string
  /** Taken of what stands there. */
  readonly fingerprint: string
  /** The short form that the file itself gives. */
  readonly says: string | undefined
}

export type ReadError = { readonly kind: 'unreadable' } | { readonly kind: 'no-report' }

const LANGUAGES: readonly ReportWords[] = [zhCN, en]

/** Reads a report from a file that this app has written, whichever of its formats. */
export async function readReport(bytes: Uint8Array<ArrayBuffer>): Promise<Result<ReadReport, ReadError>> {
  const table = await tableIn(bytes)
  if (!table) return err({ kind: 'unreadable' })
  for (const words of LANGUAGES) {
    for (const kind of REPORT_KINDS) {
      const columns = columnsOf(kind)
      const titles = titlesOf(kind, words)
      const heading = table.findIndex((row) => columns.every(({ name }, i) => isHeading(row[i], titles[name])))
      // The two ledgers have one heading; the title tells them apart.
      const titled = table.findIndex((row) => row[0]?.endsWith(words.titles[kind]))
      if (heading < 0 || titled < 0) continue
      const rows = rowsAfter(table, heading)
      const title = table[titled]?.[0] ?? ''
      const span = table[titled + 1]?.[0] ?? ''
      const line = table.flat().find((cell) => cell.startsWith(words.fingerprintLabel))
      return ok({
        kind,
        words,
        title,
        span,
        rows,
        fingerprint: await fingerprintOf({ kind, title, span, rows }),
        says: line?.slice(words.fingerprintLabel.length).trim(),
      })
    }
  }
  return err({ kind: 'no-report' })
}

/** Whether it is all that the file's own check code was made of. */
export const isUnchanged = ({ fingerprint, says }: ReadReport) => says === shortFingerprint(fingerprint)

/** Until the empty row that every format leaves before its footer. */
function rowsAfter(table: readonly (readonly string[])[], heading: number): (readonly string[])[] {
  const rest = table.slice(heading + 1)
  const end = rest.findIndex((row) => row.every((cell) => cell === ''))
  return end < 0 ? rest : rest.slice(0, end)
}

async function tableIn(bytes: Uint8Array<ArrayBuffer>): Promise<string[][] | undefined> {
  try {
    if (bytes[0] === 0x50 && bytes[1] === 0x4b) {
      const [sheet] = await readXlsx(new Blob([bytes]))
      return sheet?.data.map((row) => row.map(textOf))
    }
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    if (text.trimStart().startsWith('{')) return tableOfJson(JSON.parse(text))
    return Papa.parse<string[]>(text).data
  } catch {
    return undefined
  }
}

function tableOfJson(whole: {
  readonly title: string
  readonly about: readonly string[]
  readonly columns: readonly { readonly name: string; readonly title: string }[]
  readonly rows: readonly Readonly<Record<string, string | number>>[]
  readonly footer: readonly string[]
}): string[][] {
  const rows = whole.rows.map((row) => whole.columns.map(({ name }) => String(row[name] ?? '')))
  const above = [whole.title, ...whole.about].map((line) => [line])
  return [...above, whole.columns.map(({ title }) => title), ...rows, [''], ...whole.footer.map((line) => [line])]
}

/** A spreadsheet's times are days since its beginning. */
function textOf(cell: unknown): string {
  if (cell === null || cell === undefined) return ''
  if (!(cell instanceof Date)) return String(cell)
  const iso = cell.toISOString()
  return cell.getUTCFullYear() < 1901 ? iso.slice(11, 16) : iso.slice(0, 10)
}
