import type { DayPicture } from '../../domain/day-picture'
import type { Accessed } from '../../domain/operation'
import type { Format } from '../../reports/file-name'
import type { Sheet, SheetOrder } from '../../reports/sheet'
import type { PayloadKey } from '../../trust/payload'
import type { DayQuestion } from './day-source'

/** To the worker: one job. It reads the phone's database itself. */
export interface ReportJob {
  readonly dataKey: PayloadKey
  readonly language: 'zh-CN' | 'en'
  readonly rosterHidden: boolean
  readonly question: DayQuestion
  readonly order: SheetOrder
  /** A file to hand in, a page on paper, or only what it says in all. */
  readonly as: Format | 'sheet' | 'summary'
  /** Equal for equal records: what was read once is not read again. */
  readonly version: string
}

/** What a report says in all: 20,000 rows would hold up the page that shows them. */
export interface Summary {
  readonly about: readonly string[]
  readonly rows: number
  /** Of the daily report, by column. */
  readonly totals: readonly { readonly name: string; readonly title: string; readonly value: string | number }[]
}

/** Whose records are in it besides this phone's, until when: told with the fingerprint, so that a check can write it anew. */
type PhonesIn = NonNullable<Accessed['phones']>

export type ReportAnswer =
  | { readonly at: 'progress'; readonly stage: 'reading' | 'writing'; readonly done: number; readonly of: number }
  | {
      readonly at: 'file'
      readonly bytes: Uint8Array<ArrayBuffer>
      readonly name: string
      readonly rows: number
      readonly fingerprint: string
      readonly phones: PhonesIn
    }
  | { readonly at: 'summary'; readonly summary: Summary }
  | { readonly at: 'sheet'; readonly sheet: Sheet; readonly picture: DayPicture; readonly phones: PhonesIn }
  | { readonly at: 'failed'; readonly why: 'storage' | 'reading' }
