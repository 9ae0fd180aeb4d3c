import { readFileSync, writeFileSync } from 'node:fs'
import { placeOf } from '../../domain/community'
import type { DeviceId } from '../../domain/ids'
import { isFullReport, REPORT_KINDS } from '../../domain/report'
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
import { daySource, type Export, exportsOf, type ServerQuestion } from '../database/day-reports'
import { addToTrail } from '../database/trail'
import { transaction } from '../database/transaction'
import { PlainError } from '../plain-error'
import { type Command, need, oneOf, SELF, say, theCommunity, type Values } from './asking'
import { type Compared, compareWithLog, instantOf } from './report-check'

const SHOWN = 10 // rows

/** The reports of a day out of the server's log, and whether a file is what the log said. */
export const REPORTS: Readonly<Record<string, Command>> = {
  async 'report make'(pool, values) {
    const communityId = await theCommunity(pool, values)
    const kind = oneOf(REPORT_KINDS, 'kind', values.kind ?? 'daily')
    const format = oneOf(FORMATS, 'format', values.format ?? 'xlsx')
    const reason = isFullReport(kind) ? need(values, 'reason') : undefined
    const community = (await readCommunity(pool, communityId))?.community
    const day = dayOf(values)
    const shift = community?.shifts.find(({ name }) => name === values.shift)
    if (values.shift !== undefined && !shift)
      throw new PlainError(`--shift must be one of ${community?.shifts.map(({ name }) => name).join(', ')}.`)
    const until = values.until === undefined ? undefined : instantOf(need(values, 'until'), day, shift)
    const asOf = Date.now()
    const question: ServerQuestion = { day, shift, until, asOf, ...(values.post ? { unitId: need(values, 'post') } : {}) }
    const source = await daySource(pool, communityId, question)
    if (!source || source.posts.length === 0) throw new PlainError(`${values.post} is not a post here; see npm run admin -- units`)
    const [post] = source.posts
    const order: SheetOrder = {
      kind,
      madeBy: SELF,
      madeAt: asOf,
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
    for (const made of exports) say(wordsOfExport(made))
    if (isWhole && exports.length === 0) say('NOT IN THE LOG: no phone has told of a report with these rows')
    const byPhone = exports.find(({ phone }) => phone)
    // What is in the trail as a phone's is from a device.
    const maker = byPhone?.phone && { deviceId: byPhone.actor as DeviceId, phones: byPhone.phone.phones }
    const compared = await compareWithLog(pool, communityId, report, { maker, now: Date.now() })
    for (const line of wordsOf(compared)) say(line)
    const isEqual = compared.at === 'gone' || (compared.at === 'compared' && compared.changed.length === 0)
    if (!isWhole || exports.length === 0 || !isEqual) throw new PlainError('this file is not what the log says.')
  },
}

function wordsOfExport({ actor, about, at, kind, reason, phone }: Export): string {
  const words = [kind, about, reason].filter(Boolean).join(', ')
  if (!phone) return `in the trail: made by ${actor}, ${at} (${words})`
  return `in the log: made by ${phone.operator || 'nobody named'} on phone ${actor.slice(0, 6)} at ${at} (${words})`
}

function wordsOf(compared: Compared): string[] {
  if (compared.at === 'no-span') return ['its first line names no day, shift, post and time of this community']
  if (compared.at === 'gone') return ['its passages are counts by now: its rows can no longer be compared']
  const { changed, unsent, missing, since, ofOthers } = compared
  return [
    ...(changed.length === 0
      ? unsent.length === 0
        ? ['each of its rows is in the log as it stood when it was made']
        : []
      : listed(`${changed.length} of its rows were not in the log like that when it was made:`, changed)),
    ...listed(`${unsent.length} of its rows were not uploaded when it was made, and are not here like that:`, unsent),
    ...listed(`${missing.length} rows that the log had when it was made are not in it:`, missing),
    ...listed(`came since, and no sign of a change: ${since.length} rows`, since),
    ...listed(`of phones that were not merged, and no sign of a change: ${ofOthers.length} rows`, ofOthers),
  ]
}

function listed(title: string, rows: readonly string[]): string[] {
  return rows.length === 0 ? [] : [title, ...rows.slice(0, SHOWN).map((row) => `  ${row}`)]
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
