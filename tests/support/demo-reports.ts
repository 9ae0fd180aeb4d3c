import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import readXlsx from 'read-excel-file/universal'
import { vi } from 'vitest'
import type { DeviceId, PostId } from '../../src/domain/ids'
import type { Operation } from '../../src/domain/operation'
import type { HandOver } from '../../src/domain/post-operations'
import { REPORTS } from '../../src/server/commands/reports'
import { insertOperations } from '../../src/server/database/operations'
import { loadDemo } from '../../src/server/demo/load'
import { COMMUNITY } from '../../src/server/demo/places'
import { NORTH_GATE, SOUTH_GATE } from './community'
import { aDatabase, type TestDatabase } from './postgres'
import { anOperation, aWholeDay } from './report'

/** The demonstration's today, in the evening. */
export const NOW = Date.parse('2026-11-20T21:30:00+08:00')
/** A whole day of it, with one of everything. */
export const DAY = '2026-11-19'
export const ZERO_DAY = '2026-10-25'
export const SHIFTS = ['早班', '中班', '晚班'] as const

export interface DemoReports {
  readonly database: TestDatabase
  readonly folder: string
  /** The devices that the whole day's records came from. */
  readonly phones: readonly [DeviceId, DeviceId]
  run(command: keyof typeof REPORTS, values: object, rest?: readonly string[]): Promise<string>
  /** What was said last. */
  said(): string
  /** Makes a workbook; its path. */
  made(kind: string, part?: object): Promise<string>
  /** Keeps records as if they had come at once. */
  keep(deviceId: DeviceId, operation: Operation, postId?: PostId): Promise<void>
  close(): Promise<void>
}

/** The demonstration in a database of its own, at its own time, and the command line on it. */
export async function demoReports(): Promise<DemoReports> {
  const database = await aDatabase()
  const { pool } = database
  vi.useFakeTimers({ toFake: ['Date'], now: NOW })
  const folder = mkdtempSync(join(tmpdir(), 'gatepost-reports-'))
  const said: string[] = []
  vi.spyOn(process.stdout, 'write').mockImplementation((line) => said.push(String(line)) > 0)
  await loadDemo(pool, NOW)
  const { rows } = await pool.query<{ device_id: DeviceId }>('select device_id from devices order by device_id limit 2')
  const phones = [rows[0]?.device_id as DeviceId, rows[1]?.device_id as DeviceId] as const
  // The database has a clock of its own: there, too, what happened has come a minute later.
  const arrived = () =>
    pool.query("update operations set received_at = at + interval '1 minute' where received_at <> at + interval '1 minute'")
  const run = async (command: keyof typeof REPORTS, values: object, rest: readonly string[] = []) => {
    said.length = 0
    await REPORTS[command]?.(pool, values, rest)
    return said.join('')
  }
  const keep = async (deviceId: DeviceId, operation: Operation, postId = operation.postId) => {
    await insertOperations(pool, COMMUNITY.id, deviceId, [{ operation, postId }], NOW)
    await arrived()
  }
  for (const { by, ...told } of aDayAtWutong()) await insertOperations(pool, COMMUNITY.id, phones[by ? 1 : 0], [placed(told)], NOW)
  await arrived()
  return {
    database,
    folder,
    phones,
    run,
    said: () => said.join(''),
    async made(kind, part = {}) {
      const out = join(folder, `${kind}.xlsx`)
      await run('report make', { kind, day: DAY, out, reason: '核对', ...part })
      return out
    },
    keep,
    async close() {
      vi.restoreAllMocks()
      vi.useRealTimers()
      await database.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

const placed = (operation: Operation) => ({ operation, postId: operation.postId })

const PLACES: Readonly<Record<string, string>> = { [SOUTH_GATE]: 'wutongyuan-nanmen', [NORTH_GATE]: 'wutongyuan-beimen' }

/** One of everything: the demonstration's days over have passages and arrivals only. */
function aDayAtWutong() {
  const { operations } = aWholeDay()
  const handOver = anOperation<HandOver>(460, {
    kind: 'hand-over',
    shift: '早班',
    from: '王志愿',
    to: '刘党员',
    counts: { in: 9, out: 2, measured: 10, openIncidents: 0, openRetests: 0, unsent: 3, returned: 1 },
    supplies: { masks: 120 },
  })
  const signs = (minutes: number, name: string, direction: 'in' | 'out', shift: string) =>
    anOperation(minutes, { kind: 'attendance', name, as: 'volunteer', direction, shift })
  // 刘党员 takes over and stays on.
  const attendance = [
    signs(440, '陈晚', 'in', '中班'),
    signs(460, '王志愿', 'out', '早班'),
    signs(930, '陈晚', 'out', '中班'),
    signs(930, '刘党员', 'out', '中班'),
  ]
  return [...operations, handOver, ...attendance].map((told) => ({
    ...told,
    seq: told.seq + 800_000,
    postId: PLACES[told.postId] as PostId,
    deviceTime: told.deviceTime.replace('2020-02-18', DAY),
  }))
}

export type Cells = readonly (string | number | boolean | Date | null)[]
export type TableRow = Readonly<Record<string, Cells[number] | undefined>>

/** A report's rows by heading, read by a library that did not write it. */
export async function table(file: string, heading: string): Promise<TableRow[]> {
  const [sheet] = await readXlsx(new Blob([readFileSync(file)]))
  const rows = (sheet?.data ?? []) as Cells[]
  const at = rows.findIndex((row) => row.includes(heading))
  const titles = rows[at] ?? []
  const end = rows.findIndex((row, i) => i > at && row.every((cell) => cell === null))
  return rows.slice(at + 1, end < 0 ? undefined : end).map((row) => Object.fromEntries(titles.map((title, i) => [String(title), row[i]])))
}
