import { readFileSync, writeFileSync } from 'node:fs'
import { placeOf } from '../../domain/community'
import { REPORT_KINDS } from '../../domain/report'
import type { Day } from '../../domain/time'
import { sheetCsv } from '../../reports/csv'
import { FORMATS, fileNameOf } from '../../reports/file-name'
import { shortFingerprint } from '../../reports/fingerprint'
import { sheetJson } from '../../reports/json'
import { isUnchanged, type ReadReport, readReport } from '../../reports/read-back'
import { type Sheet, type SheetOrder, sheetOf } from '../../reports/sheet'
import { zhCN } from '../../reports/words/zh-cn'
import { sheetXlsx } from '../../reports/xlsx'
import { readCommunity } from '../database/communities'
import { daySource, exportsInTrail, exportsOf, type ServerQuestion } from '../database/day-reports'
import { addToTrail } from '../database/trail'
import { transaction } from '../database/transaction'
import { PlainError } from '../plain-error'
import { type Command, need, oneOf, SELF, say, theCommunity, type Values } from './asking'
import { type Compared, compareWithLog, instantOf, questionOf } from './report-check'

const SHOWN = 10 // rows

/** The reports of a day out of the server's log, and whether a file is what the log said. */
export const REPORTS: Readonly<Record<string, Command>> = {
  async 'report make'(pool, values) {
    const communityId = await theCommunity(pool, values)
    const kind = oneOf(REPORT_KINDS, 'kind', values.kind ?? 'daily')
    const format = oneOf(FORMATS, 'format', values.format ?? 'xlsx')
    const reason = kind === 'ledger-full' ? need(values, 'reason') : undefined
    const community = (await readCommunity(pool, communityId))?.community
    const day = dayOf(values)
    const shift = community?.shifts.find(({ name }) => name === values.shift)
    if (values.shift !== undefined && !shift)
      throw new PlainError(`--shift must be one of ${community?.shifts.map(({ name }) => name).join(', ')}.`)
    const until = values.until === undefined ? undefined : instantOf(need(values, 'until'), day, shift)
    const question: ServerQuestion = { ...questionOf({ day, shift, until }), ...(values.post ? { unitId: need(values, 'post') } : {}) }
    const source = await daySource(pool, communityId, question)
    if (!source || source.posts.length === 0) throw new PlainError(`${values.post} is not a post here; see npm run admin -- units`)
    const [post] = source.posts
    const order: SheetOrder = {
      kind,
      madeBy: SELF,
      madeAt: Date.now(),
      ...(shift ? { shift: shift.name } : {}),
      ...(values.post && post ? { post: placeOf(post) } : {}),
      ...(until === undefined ? {} : { until }),
      ...(reason ? { reason } : {}),
    }
    const sheet = await sheetOf(source, order, zhCN)
    await transaction(pool, (client) =>
      addToTrail(client, communityId, [
        {
          what: 'records-exported',
          about: day,
          actor: SELF,
          detail: { word: kind, fingerprint: sheet.fingerprint, ...(reason ? { reason } : {}) },
        },
      ]),
    )
    const file = typeof values.out === 'string' ? values.out : fileNameOf(source, order, format, zhCN)
    writeFileSync(file, written(sheet, format))
    say(`${file}: ${sheet.rows.length} rows, ${zhCN.fingerprint(shortFingerprint(sheet.fingerprint))}`)
  },
  async 'report check'(pool, values, [file]) {
    if (!file) throw new PlainError('name the file: npm run admin -- report check FILE')
    const communityId = await theCommunity(pool, values)
    const report = await readFile(file)
    const isWhole = isUnchanged(report)
    say(
      isWhole
        ? `unchanged: its rows give its check code, ${report.says}`
        : `CHANGED: it says ${report.says}, its rows give ${shortFingerprint(report.fingerprint)}`,
    )
    const exports = isWhole ? await exportsOf(pool, communityId, report.fingerprint) : []
    for (const { deviceId, operation } of exports) {
      const words = [operation.detail, operation.about, operation.reason].filter(Boolean).join(', ')
      say(
        `in the log: made by ${operation.operator || 'nobody named'} on phone ${deviceId.slice(0, 6)} at ${operation.deviceTime} (${words})`,
      )
    }
    const made = isWhole ? await exportsInTrail(pool, communityId, report.fingerprint) : []
    for (const { actor, about, at, reason } of made)
      say(`in the trail: made by ${[actor, at.toISOString(), about, reason].filter(Boolean).join(', ')}`)
    const isKnown = exports.length + made.length > 0
    if (isWhole && !isKnown) say('NOT IN THE LOG: no phone has told of a report with these rows')
    const compared = await compareWithLog(pool, communityId, report, exports[0]?.deviceId)
    for (const line of wordsOf(compared)) say(line)
    if (!isWhole || !isKnown || compared.at !== 'compared' || compared.notInLog.length > 0)
      throw new PlainError('this file is not what the log says.')
  },
}

function wordsOf(compared: Compared): string[] {
  if (compared.at === 'no-span') return ['its first line names no day, shift and post of this community']
  const { notInLog, notInFile } = compared
  return [
    ...(notInLog.length === 0
      ? ['each of its rows is in the log as it stands there now']
      : [`${notInLog.length} of its rows are not in the log like that:`, ...notInLog.slice(0, SHOWN).map((row) => `  ${row}`)]),
    // No sign of a forger: another phone may have told of them since.
    ...(notInFile.length === 0
      ? []
      : [`${notInFile.length} rows of the log are not in it:`, ...notInFile.slice(0, SHOWN).map((row) => `  ${row}`)]),
  ]
}

function dayOf(values: Values): Day {
  const day = need(values, 'day')
  if (!/^\d{4}-\d\d-\d\d$/.test(day) || Number.isNaN(Date.parse(day))) throw new PlainError('--day must be a day, 2020-02-18.')
  return day as Day
}

function written(sheet: Sheet, format: (typeof FORMATS)[number]): Uint8Array {
  if (format === 'xlsx') return sheetXlsx(sheet)
  return format === 'csv' ? sheetCsv(sheet) : sheetJson(sheet)
}

async function readFile(file: string): Promise<ReadReport> {
  let bytes: Uint8Array<ArrayBuffer>
  try {
    bytes = new Uint8Array(readFileSync(file))
  } catch {
    throw new PlainError(`${file} cannot be read.`)
  }
  const read = await readReport(bytes)
  if (!read.ok) throw new PlainError(`${file} is not a report that Gatepost wrote (XLSX, CSV or JSON).`)
  return read.value
}
