// Every report of the demo community as XLSX, as LibreOffice prints it: a picture of each page, where soffice and pdftoppm are installed.
import { spawnSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'

const KINDS = ['daily', 'ledger-masked', 'ledger-full', 'incidents', 'hand-over']
const MOST_PAGES = 3 // of each; the rest look the same

/** `data`: the demo's folder, whose PostgreSQL runs. */
export function papers(root, data, folder) {
  if (!has('soffice', ['--version']) || !has('pdftoppm', ['-v'])) {
    console.log('no soffice or pdftoppm here: the reports are not drawn as pages')
    return
  }
  mkdirSync(folder, { recursive: true })
  const day = new Date(Date.now() + 8 * 3_600_000 - 86_400_000).toISOString().slice(0, 10)
  for (const kind of KINDS) {
    const file = join(folder, `${kind}.xlsx`)
    const asked = ['--day', day, '--kind', kind, '--out', file, ...(kind === 'ledger-full' ? ['--reason', 'pictures'] : [])]
    run(process.execPath, [join(root, 'dist/server/admin.mjs'), 'report', 'make', ...asked], { DATA_DIR: data })
    run('soffice', ['--headless', '--convert-to', 'pdf', '--outdir', folder, file])
    run('pdftoppm', ['-r', '70', '-png', '-l', String(MOST_PAGES), join(folder, `${kind}.pdf`), join(folder, kind)])
  }
}

function run(command, given, env = {}) {
  const { status, stdout, stderr } = spawnSync(command, given, { encoding: 'utf8', env: { ...process.env, ...env } })
  if (status !== 0) throw new Error(`${command} ${given.join(' ')}: ${stderr || stdout}`)
}

const has = (command, given) => spawnSync(command, given).error === undefined
