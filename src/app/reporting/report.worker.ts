import { dayPicture } from '../../domain/day-picture'
import type { ReportKind } from '../../domain/report'
import { fileNameOf } from '../../reports/file-name'
import { type Cells, cellsOf, type Sheet, sheetOf } from '../../reports/sheet'
import { en } from '../../reports/words/en'
import { zhCN } from '../../reports/words/zh-cn'
import { openDatabase } from '../../storage/database'
import { readIdentity } from '../../storage/identity'
import { shiftKeyStore } from '../../storage/lock-store'
import { createCodecs } from '../../vault/codecs'
import { type DaySource, daySource } from './day-source'
import { phoneName } from './phone-name'
import type { ReportAnswer, ReportJob, Summary } from './report-messages'

const tell = (answer: ReportAnswer) => self.postMessage(answer, answer.at === 'file' ? { transfer: [answer.bytes.buffer] } : {})

self.onmessage = ({ data: job }: MessageEvent<ReportJob>) => {
  void make(job).then(tell, () => tell({ at: 'failed', why: 'reading' }))
}

/** The last that was read: the same question is asked for its summary first, and then for the file. */
let kept: { readonly name: string; readonly read: Read; readonly ledgers: Map<ReportKind, Cells> } | undefined

interface Read extends DaySource {
  /** How this phone is called: what is made while nobody is signed in is made by it. */
  readonly phone: string
}

/** Nothing of it runs on the page: whoever is tapped at the gate meanwhile waits for none of it. */
async function make(job: ReportJob): Promise<ReportAnswer> {
  const { language, question, order, as, version } = job
  const words = language === 'en' ? en : zhCN
  const name = JSON.stringify([question, version, language])
  const read = kept?.name === name ? kept.read : await reading(job, words.unknownPost)
  if (!read) return { at: 'failed', why: 'storage' }
  const { operations } = read
  // Nothing has come since it was read, else the version were another.
  const source = { ...read.source, asOf: order.madeAt }
  if (kept?.name !== name) kept = { name, read, ledgers: new Map() }
  const cells = kept.ledgers.get(order.kind) ?? cellsOf(order.kind, source, words)
  if (order.kind === 'ledger-masked' || order.kind === 'ledger-full') kept.ledgers.set(order.kind, cells)
  const sheet = await sheetOf(source, { ...order, madeBy: order.madeBy || read.phone }, words, cells)
  const phones = source.phones.flatMap(({ deviceId, until }) => (until === undefined ? [] : [{ deviceId, until }]))
  if (as === 'sheet') return { at: 'sheet', sheet, picture: dayPicture(source.log, operations, source.judgedBy), phones }
  if (as === 'summary') return { at: 'summary', summary: summaryOf(sheet) }
  const bytes = await written(sheet, as)
  const { fingerprint } = sheet
  return { at: 'file', bytes, name: fileNameOf(source, order, as, words), rows: sheet.rows.length, fingerprint, phones }
}

async function reading({ dataKey, rosterHidden, question, order }: ReportJob, unknownPost: string): Promise<Read | undefined> {
  const [opened, identity] = await Promise.all([openDatabase(), readIdentity()])
  if (!opened.ok || !identity) return undefined
  const db = opened.value
  try {
    const codecs = createCodecs({ dataKey, store: shiftKeyStore(db), receiver: () => identity.keys?.receive, clock: Date.now })
    const onRead = (done: number, of: number) => tell({ at: 'progress', stage: 'reading', done, of })
    const read = await daySource({ db, ...codecs, identity, rosterHidden, unknownPost, asOf: order.madeAt, onRead }, question)
    return { ...read, phone: phoneName(identity) }
  } finally {
    db.close()
  }
}

function summaryOf({ kind, about, columns, rows }: Sheet): Summary {
  const total = kind === 'daily' ? (rows.at(-1) ?? []) : []
  return {
    about,
    rows: rows.length,
    totals: total.map((value, i) => ({ name: columns[i]?.name ?? '', title: columns[i]?.title ?? '', value })),
  }
}

async function written(sheet: Sheet, format: 'xlsx' | 'csv' | 'json'): Promise<Uint8Array<ArrayBuffer>> {
  const of = sheet.rows.length
  switch (format) {
    case 'xlsx':
      return (await import('../../reports/xlsx')).sheetXlsx(sheet, (done) => tell({ at: 'progress', stage: 'writing', done, of }))
    case 'csv':
      return (await import('../../reports/csv')).sheetCsv(sheet)
    case 'json':
      return (await import('../../reports/json')).sheetJson(sheet)
    default:
      return format satisfies never
  }
}
