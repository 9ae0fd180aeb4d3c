import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { migrate } from '../../src/server/database/migrate'
import { startEmbedded } from '../../src/server/postgres/embedded'

export interface TestDatabase {
  readonly pool: pg.Pool
  /** Where its PostgreSQL keeps its data. */
  readonly folder: string
  close(): Promise<void>
}

/** A real PostgreSQL of its own in a temporary folder, with the newest schema. */
export async function aDatabase(): Promise<TestDatabase> {
  const folder = mkdtempSync(join(tmpdir(), 'gatepost-test-'))
  const postgres = await startEmbedded(folder)
  const pool = new pg.Pool({ ...postgres.connection, max: 8 })
  pool.on('error', () => undefined)
  await migrate(pool)
  return {
    pool,
    folder,
    async close() {
      await pool.end()
      await postgres.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
