import type { DayPicture } from '../../domain/day-picture'
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
  /** A file to hand in, or what a page shows. */
  readonly as: Format | 'sheet'
}

export type ReportAnswer =
  | { readonly at: 'progress'; readonly stage: 'reading' | 'writing'; readonly done: number; readonly of: number }
  | {
      readonly at: 'file'
      readonly bytes: Uint8Array<ArrayBuffer>
      readonly name: string
      readonly rows: number
      readonly fingerprint: string
    }
  | { readonly at: 'sheet'; readonly sheet: Sheet; readonly picture: DayPicture }
  | { readonly at: 'failed'; readonly why: 'storage' | 'reading' }
