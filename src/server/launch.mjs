// What `npm run demo`, `npm start` and `npm run admin` start: builds first where that is needed, then runs the bundle in this
// same process, so that a signal to it stops everything. Node 20 does not run TypeScript, so this file is plain JavaScript.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const [name = 'main', ...rest] = process.argv.slice(2)
const root = fileURLToPath(new URL('../../', import.meta.url))
const bundle = new URL(`../../dist/server/${name}.mjs`, import.meta.url)
const page = new URL('../../dist/app/index.html', import.meta.url)

if (name === 'demo' || !existsSync(bundle) || !existsSync(page)) build()
process.argv = [process.argv[0] ?? 'node', fileURLToPath(bundle), ...rest]
await import(bundle.href)

/** All that the build says goes to stderr: stdout belongs to what is started. */
function build() {
  process.stderr.write('Building Gatepost …\n')
  for (const mode of ['production', 'server']) {
    const vite = ['node_modules/vite/bin/vite.js', 'build', '--mode', mode, '--logLevel', 'error']
    const built = spawnSync(process.execPath, vite, { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] })
    if (built.status !== 0) process.exit(1)
  }
}
