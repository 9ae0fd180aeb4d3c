import { dayPicture } from '../../domain/day-picture'
import { fileNameOf } from '../../reports/file-name'
import { type Sheet, sheetOf } from '../../reports/sheet'
import { en } from '../../reports/words/en'
import { zhCN } from '../../reports/words/zh-cn'
import { openDatabase } from '../../storage/database'
import { readIdentity } from '../../storage/identity'
import { shiftKeyStore } from '../../storage/lock-store'
import { createCodecs } from '../../vault/codecs'
import { daySource } from './day-source'
import type { ReportAnswer, ReportJob } from './report-messages'

const tell = (answer: ReportAnswer) => self.postMessage(answer)

self.onmessage = ({ data: job }: MessageEvent<ReportJob>) => {
  void make(job).then(tell, () => tell({ at: 'failed', why: 'reading' }))
}

/** Nothing of it runs on the page: whoever is tapped at the gate meanwhile waits for none of it. */
async function make({ dataKey, language, rosterHidden, question, order, as }: ReportJob): Promise<ReportAnswer> {
  const [opened, identity] = await Promise.all([openDatabase(), readIdentity()])
  if (!opened.ok || !identity) return { at: 'failed', why: 'storage' }
  const db = opened.value
  try {
    const words = language === 'en' ? en : zhCN
    const codecs = createCodecs({ dataKey, store: shiftKeyStore(db), receiver: () => identity.keys?.receive, clock: Date.now })
    const onRead = (done: number, of: number) => tell({ at: 'progress', stage: 'reading', done, of })
    const { source, operations } = await daySource(
      { db, ...codecs, identity, rosterHidden, unknownPost: words.unknownPost, onRead },
      question,
    )
    const sheet = await sheetOf(source, order, words)
    if (as === 'sheet') return { at: 'sheet', sheet, picture: dayPicture(source.log, operations, source.judgedBy) }
    const bytes = await written(sheet, as)
    return { at: 'file', bytes, name: fileNameOf(source, order, as, words), rows: sheet.rows.length, fingerprint: sheet.fingerprint }
  } finally {
    db.close()
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
