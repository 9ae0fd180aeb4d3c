import { useState } from 'preact/hooks'
import type { CompoundId } from '../../../domain/ids'
import { may } from '../../../domain/role'
import { readTables, type Table, type TableError } from '../../../files/roster-table'
import { t } from '../../i18n/translate'
import { useServices } from '../../services'
import { Choice } from '../../ui/choice'
import { Notice } from '../../ui/notice'
import { Screen } from '../../ui/screen'
import { ChooseFile } from './choose-file'
import { compoundsOf } from './compounds'
import { MapColumns } from './map-columns'
import { Reading } from './reading'
import './roster.css'
import { RosterDone, type RosterDoneProps } from './roster-done'
import { TABLE_WORDS } from './roster-words'

type Step =
  | { readonly at: 'choose'; readonly problem?: TableError }
  | { readonly at: 'reading'; readonly name: string }
  | { readonly at: 'sheet'; readonly tables: readonly Table[] }
  | { readonly at: 'map'; readonly table: Table }
  | { readonly at: 'done'; readonly done: RosterDoneProps }

/** A roster from a file, step by step; nothing changes on this phone before the last tap. */
export function RosterImportScreen() {
  const { identity } = useServices()
  const { role, posts, postId } = identity.value
  const compounds = compoundsOf(posts)
  const [compoundId, setCompoundId] = useState<CompoundId | undefined>(
    () => posts.find(({ id }) => id === postId)?.compoundId ?? compounds[0]?.value,
  )
  const [step, setStep] = useState<Step>({ at: 'choose' })

  const read = async (file: File) => {
    setStep({ at: 'reading', name: file.name })
    const tables = await tablesOf(file)
    if (!tables.ok) return setStep({ at: 'choose', problem: tables.error })
    const [first] = tables.value
    if (first) setStep(tables.value.length > 1 ? { at: 'sheet', tables: tables.value } : { at: 'map', table: first })
  }

  if (!may(role, 'import-roster')) return <Refused title={t('roster.not-allowed')} todo={t('roster.not-allowed-todo')} />
  if (!compoundId) return <Refused title={t('roster.no-compound')} todo={t('roster.no-compound-todo')} />
  if (step.at === 'done') return <RosterDone {...step.done} />
  if (step.at === 'map') {
    return (
      <MapColumns
        table={step.table}
        compoundId={compoundId}
        onDone={(done) => setStep({ at: 'done', done })}
        onOtherFile={() => setStep({ at: 'choose' })}
      />
    )
  }
  return (
    <Screen title={t('roster.title')} back={{ href: '/status', label: t('common.back') }}>
      {step.at === 'reading' && <Reading label={t('roster.reading', { name: step.name })} />}
      {step.at === 'sheet' && (
        <Choice
          legend={t('roster.sheet')}
          value={undefined}
          onChange={(name) => {
            const table = step.tables.find((sheet) => sheet.name === name)
            if (table) setStep({ at: 'map', table })
          }}
          options={step.tables.map(({ name, rows }) => ({
            value: name,
            label: name,
            hint: t('roster.sheet-rows', { count: rows.length }),
          }))}
        />
      )}
      {step.at === 'choose' && (
        <>
          <p>{t('roster.what')}</p>
          {step.problem && (
            <Notice tone="stop" title={t(TABLE_WORDS[step.problem.kind].title)} announce="alert">
              {t(TABLE_WORDS[step.problem.kind].todo)}
            </Notice>
          )}
          {compounds.length > 1 && (
            <Choice legend={t('roster.for')} options={compounds} value={compoundId} onChange={(chosen) => setCompoundId(chosen)} />
          )}
          <ChooseFile label={t('roster.choose')} onChoose={(file) => void read(file)} />
        </>
      )}
    </Screen>
  )
}

/** A file that the phone can no longer open (moved, deleted, a chat's own) is unreadable too. */
async function tablesOf(file: File) {
  try {
    return await readTables(new Uint8Array(await file.arrayBuffer()))
  } catch {
    return { ok: false, error: { kind: 'unreadable' } } as const
  }
}

function Refused({ title, todo }: { readonly title: string; readonly todo: string }) {
  return (
    <Screen title={t('roster.title')} back={{ href: '/status', label: t('common.back') }}>
      <Notice tone="wait" title={title}>
        {todo}
      </Notice>
    </Screen>
  )
}
