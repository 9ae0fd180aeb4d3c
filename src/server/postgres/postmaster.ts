import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'

/** The PostgreSQL that says it runs on these data; undefined where none does, or it is another program by now. */
export function postmasterOf(cluster: string): number | undefined {
  const file = join(cluster, 'postmaster.pid')
  if (!existsSync(file)) return undefined
  const pid = Number.parseInt(readFileSync(file, 'utf8'), 10)
  return pid > 0 && isPostgres(pid) ? pid : undefined
}

const BETWEEN_LOOKS = 300 // ms; PostgreSQL makes the file, and writes into it at once

/** A pid file whose process is gone, or is another program by now, would keep PostgreSQL from starting. */
export async function removeStalePidFile(cluster: string): Promise<void> {
  if (postmasterOf(cluster) !== undefined) return
  const file = join(cluster, 'postmaster.pid')
  if (!existsSync(file)) return
  // One that is empty may be one that another process begins to write: to take it away would end that PostgreSQL.
  await new Promise((done) => setTimeout(done, BETWEEN_LOOKS))
  if (postmasterOf(cluster) === undefined) rmSync(file, { force: true })
}

function isPostgres(pid: number): boolean {
  if (process.platform === 'win32') return isAlive(pid)
  return basename(programOf(pid)).startsWith('postgres')
}

/** Empty where there is no such process. */
function programOf(pid: number): string {
  try {
    if (existsSync('/proc/self/comm')) return readFileSync(`/proc/${pid}/comm`, 'utf8').trim()
    return execFileSync('ps', ['-p', String(pid), '-o', 'comm='], { encoding: 'utf8', stdio: 'pipe' }).trim()
  } catch {
    return ''
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
