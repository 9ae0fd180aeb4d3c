import { useEffect, useState } from 'preact/hooks'
import type { CompoundId } from '../../../domain/ids'
import type { Household } from '../../../domain/roster'
import { keepKnown } from '../../../files/keep-known'
import { type CheckedRoster, checkRoster, FIELDS, guessMapping, rosterPages } from '../../../files/roster-mapping'
import type { Table } from '../../../files/roster-table'
import type { StorageError } from '../../../storage/storage-error'
import { t } from '../../i18n/translate'
import { useServices } from '../../services'
import { STORAGE_WORDS } from '../../shell/storage-words'
import { Button } from '../../ui/button'
import { Notice } from '../../ui/notice'
import { Screen } from '../../ui/screen'
import { CheckedRows } from './checked-rows'
import { HeadingRow } from './heading-row'
import { importRoster, knownHouseholds } from './import-roster'

import { MappingFields } from './mapping-fields'
import { Reading } from './reading'
import { columnsOf, withColumn } from './roster-columns'
import type { RosterDoneProps } from './roster-done'
import { FIELD_WORDS } from './roster-words'

export interface MapColumnsProps {
  readonly table: Table
  readonly compoundId: CompoundId
  readonly onDone: (done: RosterDoneProps) => void
  readonly onOtherFile: () => void
}

/** Which column is what, what comes out of it, and the import. */
export function MapColumns({ table, compoundId, onDone, onOtherFile }: MapColumnsProps) {
  const services = useServices()
  const [mapping, setMapping] = useState(() => guessMapping(table))
  const [checked, setChecked] = useState<CheckedRoster>()
  const [known, setKnown] = useState<readonly Household[]>([])
  const [saving, setSaving] = useState(false)
  const [problem, setProblem] = useState<StorageError>()

  useEffect(() => {
    void knownHouseholds(services, compoundId).then(setKnown)
  }, [compoundId])

  // Thousands of names take a second: the screen says so first.
  useEffect(() => {
    setChecked(undefined)
    let isWanted = true
    const check = async () => {
      const rows = await checkRoster(table, mapping, () => crypto.randomUUID())
      if (isWanted) setChecked(rows)
    }
    const timer = setTimeout(() => void check(), 30)
    return () => {
      isWanted = false
      clearTimeout(timer)
    }
  }, [table, mapping])

  const save = async (roster: CheckedRoster) => {
    setSaving(true)
    const pages = rosterPages(compoundId, keepKnown(roster.households, known))
    const kept = await importRoster(services, compoundId, pages)
    setSaving(false)
    if (!kept.ok) return setProblem(kept.error)
    onDone({ households: roster.households.length, residents: roster.residents, leftOut: roster.errors.length })
  }

  return (
    <Screen
      title={t('roster.title')}
      back={{ href: '/status', label: t('common.back') }}
      foot={
        <>
          <Button onClick={onOtherFile} disabled={saving}>
            {t(checked && checked.errors.length > 0 ? 'roster.fix' : 'roster.other-file')}
          </Button>
          {checked && checked.households.length > 0 && (
            <Button look="main" tall busy={saving} onClick={() => void save(checked)}>
              {saving ? t('roster.saving') : importText(checked)}
            </Button>
          )}
        </>
      }
    >
      {problem && (
        <Notice tone="stop" title={t('roster.not-saved')} announce="alert">
          {t(STORAGE_WORDS[problem.kind].todo)}
        </Notice>
      )}
      {checked ? (
        <CheckedRows table={table} mapping={mapping} checked={checked} known={known} />
      ) : (
        <Reading label={t('roster.reading', { name: table.name })} />
      )}
      <section class="mapping">
        <h2 class="roster-heading">{t('roster.map')}</h2>
        <p>{t('roster.map-text')}</p>
        <HeadingRow headingRows={mapping.headingRows} onChange={(headingRows) => setMapping({ ...mapping, headingRows })} />
        <MappingFields
          fields={FIELDS.map((field) => ({ field, label: t(FIELD_WORDS[field]), column: mapping.columns[field] }))}
          columns={columnsOf(table, mapping.headingRows)}
          onChange={(field, column) => setMapping(withColumn(mapping, field, column))}
        />
      </section>
    </Screen>
  )
}

function importText({ households, residents, errors }: CheckedRoster): string {
  if (errors.length > 0) return t('roster.import-good', { count: errors.length, households: households.length })
  return t('roster.import-all', { households: households.length, residents })
}
