import type { Mapping, RosterField } from '../../../files/roster-mapping'
import type { Table } from '../../../files/roster-table'
import type { Column } from './mapping-fields'

const SAMPLE_FROM = 20 // rows; a column that is empty for longer needs no sample

/** The columns of a table as they can be offered: heading, and what stands in the first filled row. */
export function columnsOf({ rows }: Table, headingRows: number): readonly Column[] {
  const heading = rows[headingRows - 1] ?? []
  const people = rows.slice(headingRows, headingRows + SAMPLE_FROM)
  const width = Math.max(heading.length, ...people.map(({ length }) => length))
  return Array.from({ length: width }, (_, index) => ({
    index,
    heading: heading[index] ?? '',
    sample: people.find((row) => row[index])?.[index]?.slice(0, 12) ?? '',
  })).filter(({ heading: name, sample }) => name !== '' || sample !== '')
}

/** Another column for a field; a column that already means something else stops meaning that. */
export function withColumn(mapping: Mapping, field: RosterField, column: number | undefined): Mapping {
  const others = Object.entries(mapping.columns).filter(([other, taken]) => other !== field && taken !== column)
  return { ...mapping, columns: Object.fromEntries(column === undefined ? others : [...others, [field, column]]) }
}
