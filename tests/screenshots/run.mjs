// `npm run screenshots`: every screen and state at three sizes, light and dark, into screenshots/ (not kept);
// `npm run screenshots -- --papers` only the demo's reports, as pages of paper;
// `npm run screenshots -- --readme` the few that README.md and the manifest show, into public/screenshots/.
import { spawn, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createServer } from 'vite'
import { papers } from './papers.mjs'

const root = fileURLToPath(new URL('../../', import.meta.url))
const forReadme = process.argv.includes('--readme')
const onlyPapers = process.argv.includes('--papers')
const bin = (name) => join(root, 'node_modules/.bin', name)
for (const mode of [[], ['--mode', 'server']])
  spawnSync(bin('vite'), ['build', '--logLevel', 'error', ...mode], { cwd: root, stdio: 'inherit' })

// The walk is TypeScript, as the browser tests are, and shares their support.
const vite = await createServer({ root, configFile: false, server: { middlewareMode: true }, appType: 'custom', logLevel: 'error' })
const { walk } = await vite.ssrLoadModule('/tests/screenshots/walk.ts')

const data = mkdtempSync(join(tmpdir(), 'gatepost-screenshots-'))
const demo = spawn(process.execPath, ['dist/server/demo.mjs', '--json', '--port', '0', '--data', data], {
  cwd: root,
  stdio: ['ignore', 'pipe', 'inherit'],
})
const told = await new Promise((resolve, reject) => {
  let text = ''
  demo.stdout.on('data', (chunk) => {
    text += chunk
    if (text.includes('\n')) resolve(JSON.parse(text))
  })
  demo.once('exit', () => reject(new Error('the demo did not start')))
})
const folder = join(root, forReadme ? 'public/screenshots' : 'screenshots')
mkdirSync(folder, { recursive: true })
try {
  if (!onlyPapers) await walk(told, folder, forReadme)
  if (!forReadme) papers(root, data, join(folder, 'papers'))
} finally {
  const ended = new Promise((done) => demo.once('exit', done))
  demo.kill('SIGINT')
  await ended
  await vite.close()
  rmSync(data, { recursive: true, force: true })
}
