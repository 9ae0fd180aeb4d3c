import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createRandom } from '../../src/server/demo/random'
import { demoRosters } from '../../src/server/demo/roster'
import { launchPhone } from './support/chromium'
import { film } from './support/fake-camera'
import { activate, openAt } from './support/gate-page'

const SEED = 20_200_218
let demo: ChildProcess
let data: string
let profile: string
let told: { url: string; lead: string }

beforeAll(async () => {
  data = mkdtempSync(join(tmpdir(), 'gatepost-demo-'))
  profile = mkdtempSync(join(tmpdir(), 'gatepost-profile-'))
  demo = spawn(process.execPath, ['dist/server/demo.mjs', '--json', '--port', '0', '--data', data], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  told = await new Promise((resolve, reject) => {
    let text = ''
    demo.stdout?.on('data', (chunk) => {
      text += chunk
      if (text.includes('\n')) resolve(JSON.parse(text))
    })
    demo.once('exit', () => reject(new Error('the demo did not start')))
  })
})
afterAll(async () => {
  const ended = new Promise((done) => demo.once('exit', done))
  demo.kill('SIGINT')
  await ended
  for (const folder of [data, profile]) rmSync(folder, { recursive: true, force: true })
})

test('a phone that worked in the demonstration gives away nobody: of 1,050 residents no name, phone or plate lies in its storage', async () => {
  const context = await launchPhone(profile, film([''], 2))
  const page = await context.newPage()
  const code = told.lead.split('#')[1] ?? ''
  await activate(page, told.url, code)
  for (const typed of ['3-2-501', '1-1-301', '2-1-201']) {
    await page.getByRole('button', { name: '查住户', exact: true }).click()
    await page.getByRole('textbox').fill(typed)
    await page.locator('.found').first().click({ timeout: 30_000 })
    await page.getByRole('button', { name: '36.5', exact: true }).click()
    await page.locator('.last').waitFor()
  }
  await openAt(page, `${told.url}/log`)
  await page.getByText('501室').first().waitFor()
  await context.close()

  const [home] = demoRosters(createRandom(SEED), Date.now())
  const households = home?.pages.flatMap((each) => each.households) ?? []
  const residents = households.flatMap((household) => household.residents)
  expect(residents).toHaveLength(1050)
  // A name of two characters is four bytes, which noise holds too.
  const personal = new Set([...residents.flatMap(({ name, phone = '' }) => [name, phone]), ...households.flatMap(({ plates }) => plates)])
  const wanted = [...personal].filter((text) => text.length >= 3)
  expect(wanted.length).toBeGreaterThan(1500)
  const stored = storageBelow(profile)
  expect(stored.includes(Buffer.from('石榴坊社区', 'utf16le')) || stored.includes(Buffer.from('石榴坊社区'))).toBe(true)
  const found = wanted.filter((text) => stored.includes(Buffer.from(text)) || stored.includes(Buffer.from(text, 'utf16le')))
  expect(found).toEqual([])
}, 180_000)

/** All files of the profile but the app's own code. */
function storageBelow(folder: string): Buffer {
  const files = readdirSync(folder).flatMap((name): Buffer[] => {
    const path = join(folder, name)
    if (/CacheStorage|Code Cache|ScriptCache|GPUCache|Cache_Data|component_crx/.test(path)) return []
    if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) return [storageBelow(path)]
    return statSync(path, { throwIfNoEntry: false })?.isFile() ? [readFileSync(path)] : []
  })
  return Buffer.concat(files)
}
