import type { Household } from '../../../domain/roster'
import { csvOf } from '../../../files/csv'
import type { CheckedRoster, Mapping, RowError } from '../../../files/roster-mapping'
import type { Table } from '../../../files/roster-table'
import { t } from '../../i18n/translate'
import { Notice } from '../../ui/notice'
import { FaultyRows } from './faulty-rows'
import { offerFile } from './offer-file'
import { RosterPreview } from './roster-preview'
import { ROW_WORDS } from './roster-words'

export interface CheckedRowsProps {
  readonly table: Table
  readonly mapping: Mapping
  readonly checked: CheckedRoster
  readonly known: readonly Household[]
}

/** What would be imported, what would not, and what it would replace. */
export function CheckedRows({ table, mapping, checked, known }: CheckedRowsProps) {
  const { households, residents, errors } = checked
  const heading = mapping.headingRows > 0 ? (table.rows[mapping.headingRows - 1] ?? []) : []
  const download = () =>
    offerFile(
      t('roster.faulty-file'),
      csvOf(
        [t('roster.faulty-row'), t('roster.faulty-why'), ...heading],
        errors.map((error) => [error.row, rowText(error), ...(table.rows[error.row - 1] ?? [])]),
      ),
    )
  return (
    <>
      {errors.length > 0 ? (
        <FaultyRows rows={errors.map((error) => ({ row: error.row, text: rowText(error) }))} onDownload={download} />
      ) : (
        households.length > 0 && <Notice tone="saved" title={t('roster.all-good')} announce="status" />
      )}
      {known.length > 0 && households.length > 0 && (
        <Notice tone="wait" icon="household" title={t('roster.replaces', { households: known.length, residents: residentsOf(known) })}>
          {t('roster.keeps-cards')}
        </Notice>
      )}
      <section>
        <RosterPreview households={households} />
        {households.length > 0 && <p class="roster-counts">{t('roster.counts', { households: households.length, residents })}</p>}
      </section>
    </>
  )
}

const rowText = (error: RowError) => t(ROW_WORDS[error.kind], { text: error.text })
const residentsOf = (households: readonly Household[]) => households.reduce((sum, { residents }) => sum + residents.length, 0)
