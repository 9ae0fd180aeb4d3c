import type { ReportSource } from '../domain/report'
import type { SheetOrder } from './sheet'
import type { ReportWords } from './words/words'

export const FORMATS = ['xlsx', 'csv', 'json'] as const
export type Format = (typeof FORMATS)[number]

export const MEDIA_TYPES: Readonly<Record<Format, string>> = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv',
  json: 'application/json',
}

/** 石榴坊社区_20200218_中班_台账_脱敏.xlsx: nothing in it that a file system or a chat would not take. */
export function fileNameOf(
  { community, day }: ReportSource,
  { kind, shift, post }: SheetOrder,
  format: Format,
  words: ReportWords,
): string {
  const parts = [community.name, day.replaceAll('-', ''), post ?? '', shift ?? words.wholeDay, words.fileKinds[kind]]
  return `${parts.filter(Boolean).map(harmlessName).join('_')}.${format}`
}

const harmlessName = (part: string) =>
  Array.from(part.replace(/[^\p{L}\p{N}（）()_-]+/gu, ''))
    .slice(0, 40)
    .join('')
