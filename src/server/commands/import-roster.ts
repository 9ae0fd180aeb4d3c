import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Pool } from 'pg'
import type { CommunityId, CompoundId } from '../../domain/ids'
import { checkRoster, guessMapping, type RowError } from '../../files/roster-mapping'
import { readTables, type TableError } from '../../files/roster-table'
import { putHouseholds } from '../database/rosters'
import { PlainError } from '../plain-error'

const TABLE_WORDS: Readonly<Record<TableError['kind'], string>> = {
  empty: 'the file is empty.',
  'unknown-format': 'the file is neither CSV nor XLSX; save it as one of these.',
  unreadable: 'the file is damaged, or protected by a password.',
  'too-large': 'the file is larger than 20 MB.',
}
const ROW_WORDS: Readonly<Record<RowError['kind'], string>> = {
  'no-name': 'no name',
  'no-address': 'no unit',
  'address-unreadable': 'this unit cannot be read',
  'phone-unreadable': 'this phone number cannot be read',
  'away-unreadable': 'whether this person is away cannot be read; write 在外 (away), or leave it empty',
  twice: 'stands there twice',
  'code-unreadable': 'the card code of this person cannot be read; set the column to text',
  'code-twice': "the card code of this person is another household's already",
}

/** Puts the roster of a file in the place of a compound's; nothing is imported where a row is wrong. */
export async function importRoster(pool: Pool, communityId: CommunityId, compoundId: string, file: string): Promise<string> {
  const tables = await readTables(contentOf(file))
  if (!tables.ok) throw new PlainError(`${file}: ${TABLE_WORDS[tables.error.kind]}`)
  const [table] = tables.value
  if (!table) throw new PlainError(`${file}: ${TABLE_WORDS.empty}`)
  const mapping = guessMapping(table)
  if (mapping.columns.name === undefined) throw new PlainError(`${file}: no column is headed 姓名 or name.`)
  const { households, residents, errors } = await checkRoster(table, mapping, randomUUID)
  const [first] = errors
  if (first)
    throw new PlainError(
      `${file}: ${errors.length} rows are wrong, nothing was imported. Row ${first.row}: ${ROW_WORDS[first.kind]} (${first.text})`,
    )
  await putHouseholds(pool, communityId, compoundId as CompoundId, households)
  return `imported ${households.length} households, ${residents} residents`
}

function contentOf(file: string): Uint8Array<ArrayBuffer> {
  try {
    return new Uint8Array(readFileSync(file))
  } catch {
    throw new PlainError(`the file ${file} cannot be read.`)
  }
}
