import { filled, type LocalNames, nameSlots } from '../../domain/local-names'
import type { ReportWords } from './words'

/** The words as a community says them: what its city and the platform for arrivals are called are slots. */
export function named(words: ReportWords, names: LocalNames): ReportWords {
  const slots = nameSlots(names, 'zh-CN')
  const each = <Table extends Readonly<Record<string, string>>>(table: Table): Table =>
    Object.fromEntries(Object.entries(table).map(([key, text]) => [key, filled(text, slots)])) as Table
  return {
    ...words,
    dailyColumns: each(words.dailyColumns),
    ledgerColumns: each(words.ledgerColumns),
    categories: each(words.categories),
  }
}

/** Whether a heading is this one, however its community is called. */
export function isHeading(cell: string | undefined, heading: string | undefined): boolean {
  if (cell === undefined || heading === undefined) return false
  const [first = '', ...parts] = heading.split(/\{[^}]+\}/)
  if (parts.length === 0) return cell === heading
  return cell.startsWith(first) && parts.every((part) => cell.includes(part)) && cell.endsWith(parts.at(-1) ?? '')
}
