// `npm test`: types, style, unit tests, journeys, then the built app in a real browser. The last line is the sum of all.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const sum = { passed: 0, failed: 0 }

step('types', ['tsc', '-b'])
step('style', ['biome', 'check', '--error-on-warnings'])
suite('unit')
step('build of the app', ['vite', 'build', '--logLevel', 'error'])
step('build of the server', ['vite', 'build', '--mode', 'server', '--logLevel', 'error'])
suite('journeys')
process.env.CHROMIUM_PATH = chromium()
suite('browser')

console.log(`${sum.passed} passed, ${sum.failed} failed`)
process.exit(sum.failed > 0 || sum.passed === 0 ? 1 : 0)

/** One command that passes or fails as a whole. */
function step(name, command) {
  const done = run(command)
  count(name, done === 0 ? 1 : 0, done === 0 ? 0 : 1)
}

/** One of Vitest's projects. A run that ends without a report counts as a failure. */
function suite(project) {
  const report = join(tmpdir(), `gatepost-${project}-${process.pid}.json`)
  const status = run(['vitest', 'run', '--project', project, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`])
  if (!existsSync(report)) return count(project, 0, 1)
  const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(report, 'utf8'))
  rmSync(report)
  const brokenFiles = testResults.filter(({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0).length
  const failed = numFailedTests + brokenFiles
  count(project, numPassedTests, failed === 0 && status !== 0 ? 1 : failed)
}

function count(name, passed, failed) {
  sum.passed += passed
  sum.failed += failed
  console.log(`--- ${name}: ${passed} passed, ${failed} failed ---`)
}

function run([command, ...args]) {
  const bin = join(root, 'node_modules/.bin', command)
  return spawnSync(bin, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], shell: process.platform === 'win32' }).status
}

/** A Chromium that is there, or Debian's where we may install it. */
function chromium() {
  const usual = [
    process.env.CHROMIUM_PATH,
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    '/opt/google/chrome/chrome',
  ]
  const mac = ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', '/Applications/Chromium.app/Contents/MacOS/Chromium']
  const found = [...usual, ...mac].find((path) => path && existsSync(path))
  if (found) return found
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    console.log('No Chromium here: installing the package chromium …')
    const apt = (...args) =>
      spawnSync('apt-get', args, { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } })
    apt('update', '-qq')
    apt('install', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-noto-cjk')
    if (existsSync('/usr/bin/chromium')) return '/usr/bin/chromium'
  }
  console.error('The browser tests need Chromium: install it (on Debian: apt-get install chromium), or set CHROMIUM_PATH to it.')
  count('browser', 0, 1)
  console.log(`${sum.passed} passed, ${sum.failed} failed`)
  process.exit(1)
}
