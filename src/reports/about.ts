import { clock, clockOn } from '../domain/clock-text'
import { isComplete, missingOf } from '../domain/phones-in-report'
import { isFullReport, type ReportSource, type Unsent } from '../domain/report'
import { dayOf } from '../domain/time'
import { keysOf, unsentBeside, unsentOf } from '../domain/unsent'
import { harmless } from './harmless'
import type { SheetOrder } from './sheet'
import type { ReportWords } from './words/words'

interface About {
  readonly order: SheetOrder
  readonly words: ReportWords
  readonly rows: number
}

/** What stands with a report's rows: first of what it tells, then what is missing of it. */
export function aboutOf(source: ReportSource, { order, words, rows }: About): string[] {
  const { kind, reason } = order
  const nil = isComplete(source, source.posts) ? words.nilReport : words.noneYetReport
  return [
    spanLine(source, order, words),
    ...(kind === 'daily' ? [] : [rows === 0 ? nil : words.rows(rows)]),
    ...(isFullReport(kind) ? [words.full(reason ?? '')] : kind === 'ledger-masked' || kind === 'incidents' ? [words.masked] : []),
    ...anyOf(unsentOf(keysOf(kind, source.log), source), words.notUploaded),
    ...anyOf(unsentBeside(kind, source), words.notUploadedBeside),
    ...phoneLines(source, words),
  ].map(harmless)
}

/** Of what time and place a report tells and when it was read, in one line: 2020-02-18　早班　梧桐苑 南门　截至 12:00　制表 2020-02-18 15:05:09. */
export function spanLine(
  source: Pick<ReportSource, 'day' | 'zone' | 'asOf'>,
  { shift, post, until }: Pick<SheetOrder, 'shift' | 'post' | 'until'>,
  words: ReportWords,
): string {
  const { day, zone, asOf } = source
  const cutOff = until === undefined ? '' : words.until(clockOn(until, source))
  const read = words.asOf(`${dayOf(asOf, zone)} ${clock(asOf, zone)}:${new Date(asOf).toISOString().slice(17, 19)}`)
  return harmless([day, shift ?? words.wholeDay, post ?? words.allPosts, cutOff, read].filter(Boolean).join('　'))
}

function anyOf(unsent: Unsent, say: (waiting: number, returned: number) => string): string[] {
  return unsent.waiting + unsent.returned > 0 ? [say(unsent.waiting, unsent.returned)] : []
}

/** Which other phones are in it until when, and which are not. */
function phoneLines(source: ReportSource, words: ReportWords): string[] {
  const { phones, arePhonesKnown } = source
  const merged = phones.flatMap((phone) => {
    const isIn = phone.until !== undefined && missingOf(phone, source, words) === ''
    return isIn ? [words.mergedPhone(phone.name, clockOn(phone.until ?? 0, source))] : []
  })
  return [
    ...(merged.length > 0 ? [words.merged(merged)] : []),
    ...phones.flatMap((phone) => missingOf(phone, source, words) || []),
    ...phones.flatMap(({ name, until, unsent }) =>
      unsent && until !== undefined ? [words.unsentOfPhone(name, clockOn(until, source), unsent.waiting, unsent.returned)] : [],
    ),
    ...(arePhonesKnown ? [] : [words.phonesUnknown]),
  ]
}
