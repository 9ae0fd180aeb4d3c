import { strToU8, type Zippable, zipSync } from 'fflate'
import type { ColumnKind } from '../domain/report'
import type { Cell, Sheet } from './sheet'
import { packageParts, xmlText } from './xlsx-parts'
import { STYLES, STYLES_XML } from './xlsx-styles'

const DAY = 86_400_000
const EPOCH = Date.UTC(1899, 11, 30) // a spreadsheet's day 0
const PROGRESS_EVERY = 1_000 // rows
const LINE = 14 // points of a line of text
const FOOTER_MOST = 200 // characters; a spreadsheet takes 255 with the page's number
const MOST_LINES = 12 // 200 characters; beyond, the cell is cut off on paper and whole in the file
const LEVEL = 1 // of deflate: the writing takes half as long as with the usual 6, for a fifth more bytes

/** A workbook with one sheet: real dates, times and numbers, a heading that stays, A4 landscape with the heading on each page. */
export function sheetXlsx(sheet: Sheet, onRows: (done: number) => void = () => undefined): Uint8Array<ArrayBuffer> {
  const strings = createStrings()
  const page = strToU8(pageXml(sheet, strings, onRows))
  const parts: Zippable = {
    ...packageParts(sheet, HEADING_ROW),
    'xl/styles.xml': strToU8(STYLES_XML),
    'xl/sharedStrings.xml': strToU8(strings.xml()),
    'xl/worksheets/sheet1.xml': page,
  }
  return zipSync(parts, { level: LEVEL, mtime: new Date(Math.max(sheet.madeAt, Date.UTC(1980, 0, 2))) })
}

/** Below the title and the span: what stays on the screen must leave a phone room for rows. */
const HEADING_ROW = 3

/** Each text once, by number. */
interface Strings {
  indexOf(text: string): number
  xml(): string
}

function createStrings(): Strings {
  const known = new Map<string, number>()
  return {
    indexOf(text) {
      const before = known.get(text)
      if (before !== undefined) return before
      known.set(text, known.size)
      return known.size - 1
    },
    xml() {
      const items = Array.from(known.keys(), (text) => `<si><t xml:space="preserve">${xmlText(text)}</t></si>`)
      return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" uniqueCount="${known.size}">${items.join('')}</sst>`
    },
  }
}

function pageXml(sheet: Sheet, strings: Strings, onRows: (done: number) => void): string {
  const { columns, rows, page, footer } = sheet
  const [span = '', ...notes] = sheet.about
  const letters = columns.map((_, i) => letterOf(i))
  const xml: string[] = [
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">',
    '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>',
    `<sheetViews><sheetView tabSelected="1" workbookViewId="0"><pane ySplit="${HEADING_ROW}" topLeftCell="A${HEADING_ROW + 1}" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>`,
    `<sheetFormatPr defaultRowHeight="${LINE + 1}" customHeight="1"/>`,
    `<cols>${columns.map(({ width }, i) => `<col min="${i + 1}" max="${i + 1}" width="${width}" customWidth="1"/>`).join('')}</cols><sheetData>`,
  ]
  let row = 0
  const line = (text: string, style: number) => {
    row++
    const height = style === STYLES.title ? ' ht="24" customHeight="1"' : ''
    if (text !== '') xml.push(`<row r="${row}"${height}><c r="A${row}" s="${style}" t="s"><v>${strings.indexOf(text)}</v></c></row>`)
  }
  line(sheet.title, STYLES.title)
  line(span, STYLES.plain)
  row++
  const titles = columns.map(
    ({ title }, i) => `<c r="${letters[i]}${row}" s="${STYLES.heading}" t="s"><v>${strings.indexOf(title)}</v></c>`,
  )
  const headingLines = Math.max(...columns.map(({ title, width }) => headingLinesOf(title, width - 1)))
  xml.push(`<row r="${row}" ht="${headingLines * LINE}" customHeight="1">${titles.join('')}</row>`)
  const kinds = columns.map(({ kind }) => kind)
  const contents = createContents(strings)
  rows.forEach((cells, done) => {
    row++
    const lines = linesOf(cells, columns)
    let text = lines > 1 ? `<row r="${row}" ht="${lines * LINE}" customHeight="1">` : `<row r="${row}">`
    for (let i = 0; i < cells.length; i++) {
      const cell = cells[i] ?? ''
      if (cell !== '') text += `<c r="${letters[i]}${row}${contents(cell, kinds[i] ?? 'text')}`
    }
    xml.push(`${text}</row>`)
    if (done % PROGRESS_EVERY === 0) onRows(done)
  })
  line('', STYLES.plain)
  for (const words of [...notes, ...footer]) line(words, STYLES.plain)
  line('', STYLES.plain)
  line(sheet.signatures.map((name) => `${name}：＿＿＿＿＿＿＿＿`).join('　　　　'), STYLES.plain)
  xml.push(
    '</sheetData><printOptions horizontalCentered="1" gridLines="1"/><pageMargins left="0.4" right="0.4" top="0.5" bottom="0.7" header="0.3" footer="0.3"/>',
    '<pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/>',
    // In a header an ampersand is written twice.
    `<headerFooter><oddFooter>&amp;L${xmlText(pageFooter(footer))}&amp;R${page.before}&amp;P${page.between}&amp;N${page.after}</oddFooter></headerFooter></worksheet>`,
  )
  return xml.join('')
}

/** Who, when and the check code, cut to what a page takes; the code stays whole. */
function pageFooter(footer: readonly string[]): string {
  const code = footer.at(-1) ?? ''
  const made = footer.slice(0, -1).join('　')
  return `${made.slice(0, FOOTER_MOST - code.length)}　${code}`.replaceAll('&', '&&')
}

/** How many lines a row takes: not every program makes room for wrapped text by itself. */
function linesOf(cells: readonly Cell[], columns: Sheet['columns']): number {
  let most = 1
  cells.forEach((cell, i) => {
    const { width, kind } = columns[i] ?? { width: 10, kind: 'text' }
    if (typeof cell === 'number' || kind !== 'text' || cell.length * 2 <= width) return
    most = Math.max(most, Math.min(MOST_LINES, Math.ceil(takenBy(cell) / (width - 1))))
  })
  return most
}

/** A heading breaks between its words. */
function headingLinesOf(title: string, width: number): number {
  let lines = 1
  let taken = 0
  for (const word of title.split(' ')) {
    const own = takenBy(word)
    if (taken > 0 && taken + 1 + own > width) {
      lines++
      taken = 0
    }
    lines += Math.max(0, Math.ceil(own / width) - 1)
    taken += own + (taken > 0 ? 1 : 0)
  }
  return lines
}

/** A Chinese character takes two. */
function takenBy(text: string): number {
  let taken = 0
  for (const sign of text) taken += sign > '\u2e80' ? 2 : 1
  return taken
}

/** What stands in a cell, behind its place; a ledger says the same few thousand texts half a million times. */
type Contents = (cell: Cell, kind: ColumnKind) => string

function createContents(strings: Strings): Contents {
  const known = new Map<ColumnKind, Map<Cell, string>>()
  return (cell, kind) => {
    const ofKind = known.get(kind) ?? new Map<Cell, string>()
    if (ofKind.size === 0) known.set(kind, ofKind)
    const before = ofKind.get(cell)
    if (before !== undefined) return before
    const contents = contentsOf(cell, kind, strings)
    ofKind.set(cell, contents)
    return contents
  }
}

function contentsOf(cell: Cell, kind: ColumnKind, strings: Strings): string {
  if (typeof cell === 'number') return `" s="${kind === 'celsius' ? STYLES.celsius : STYLES.count}"><v>${cell}</v></c>`
  if (kind === 'date') {
    const day = (Date.parse(`${cell}T00:00:00Z`) - EPOCH) / DAY
    if (Number.isFinite(day)) return `" s="${STYLES.date}"><v>${day}</v></c>`
  }
  if (kind === 'time') {
    const time = Date.parse(`1970-01-01T${cell}:00Z`) / DAY
    if (Number.isFinite(time)) return `" s="${STYLES.time}"><v>${time}</v></c>`
  }
  return `" s="${STYLES.text}" t="s"><v>${strings.indexOf(cell)}</v></c>`
}

/** A, B … Z, AA, AB … */
function letterOf(i: number): string {
  const last = String.fromCharCode(65 + (i % 26))
  return i < 26 ? last : letterOf(Math.floor(i / 26) - 1) + last
}
