import { execFile } from 'node:child_process'
import { statSync } from 'node:fs'
import { dirname } from 'node:path'
import { promisify } from 'node:util'
import { PlainError } from '../plain-error'

/** PostgreSQL refuses to run as root: the user that it runs as instead. */
export interface ServerUser {
  readonly name: string
  readonly uid: number
  readonly gid: number
  readonly spawnAs: { readonly uid: number; readonly gid: number }
}

/** `postgres`, else `nobody`, where we are root; undefined where we are not, and it runs as ourselves. */
export async function serverUser(): Promise<ServerUser | undefined> {
  if (process.getuid?.() !== 0) return undefined
  for (const name of ['postgres', 'nobody']) {
    const uid = await idOf('-u', name)
    const gid = await idOf('-g', name)
    if (uid !== undefined && gid !== undefined) return { name, uid, gid, spawnAs: { uid, gid } }
  }
  throw new PlainError(
    'PostgreSQL does not run as root, and there is no user postgres or nobody: start as another user, or set DATABASE_URL.',
  )
}

async function idOf(flag: string, name: string): Promise<number | undefined> {
  try {
    const { stdout } = await promisify(execFile)('id', [flag, name])
    return Number(stdout.trim())
  } catch {
    return undefined
  }
}

/** The first folder above or at `folder` that this user may not enter. */
export function unreachableFor(folder: string, { uid, gid }: ServerUser): string | undefined {
  for (let place = folder; ; place = dirname(place)) {
    const { mode, uid: owner, gid: group } = statSync(place)
    const enter = owner === uid ? 0o100 : group === gid ? 0o010 : 0o001
    if ((mode & enter) === 0) return place
    if (place === dirname(place)) return undefined
  }
}
