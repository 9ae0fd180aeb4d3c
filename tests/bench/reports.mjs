// A day of 20,000 passages handed in from a phone: how long its files take, how large they are, and whether the page still answers meanwhile.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { build, createServer as createVite } from 'vite'

const root = fileURLToPath(new URL('../../', import.meta.url))
const ROWS = 20_000
const REPORTS = [
  ['daily report', '日报表', 'XLSX'],
  ['masked ledger', '出入登记台账（脱敏）', 'XLSX'],
  ['masked ledger', '出入登记台账（脱敏）', 'CSV'],
  ['masked ledger', '出入登记台账（脱敏）', 'JSON'],
]

export async function* figures() {
  const script = await bundled()
  const vite = await createVite({ root, configFile: false, server: { middlewareMode: true }, appType: 'custom', logLevel: 'error' })
  const { aServer } = await vite.ssrLoadModule('/tests/browser/support/server.ts')
  const { aCommunity, aPhone } = await vite.ssrLoadModule('/tests/bench/gate-phones.ts')
  const { openAt } = await vite.ssrLoadModule('/tests/browser/support/gate-page.ts')
  const server = await aServer()
  let phone
  try {
    await aCommunity(server)
    // All of yesterday, so that one report holds them whatever the time is now.
    const midnight = Math.floor((Date.now() + 8 * 3_600_000) / 86_400_000) * 86_400_000 - 8 * 3_600_000
    phone = await aPhone(server, script, ROWS, { from: midnight - 86_000_000, to: midnight - 600_000 })
    server.fault = 'down'
    for (const rate of [1, 4]) {
      const found = []
      await phone.atGate(async ({ page }) => {
        const devtools = await page.context().newCDPSession(page)
        for (const [name, report, format] of REPORTS) {
          await devtools.send('Emulation.setCPUThrottlingRate', { rate: 1 })
          await openAt(page, `${server.url}/log/hand-in`)
          await page.getByRole('button', { name: '全天' }).click()
          await page.locator('label', { hasText: report }).click()
          await page.locator('label', { hasText: format }).click()
          await page.locator('.hand-in-preview').waitFor({ timeout: 120_000 })
          const from = performance.now()
          await page.locator('.log-days').first().getByRole('button').nth(1).click()
          await page.locator('.hand-in-preview').waitFor({ timeout: 120_000 })
          const read = Math.round((performance.now() - from) * 4)
          if (rate === 1) found.push({ name: `read and counted before, for its preview: ${name}, times 4`, value: read, unit: 'ms' })
          await devtools.send('Emulation.setCPUThrottlingRate', { rate })
          found.push(...(await one(page, `${name}, ${format}, page ${rate}x`, rate)))
        }
      })
      yield* found
    }
  } finally {
    phone?.close()
    await server.close()
    await vite.close()
  }
}

async function one(page, name, rate) {
  await page.evaluate(watch)
  const before = residentBytes()
  const from = performance.now()
  await page.getByRole('button', { name: '生成文件', exact: true }).click()
  let most = before
  const sampling = setInterval(() => {
    most = Math.max(most, residentBytes())
  }, 50)
  await page.locator('.hand-in-file').waitFor({ timeout: 120_000 })
  const took = performance.now() - from
  clearInterval(sampling)
  const stalled = await page.evaluate(() => Reflect.get(window, 'longestSilence')())
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: '保存到手机', exact: true }).click(),
  ])
  return [
    // The browser slows the page only: what the worker does is counted four times.
    {
      name: `${name}: time${rate === 1 ? ', times 4' : ''}`,
      value: Math.round(took * (rate === 1 ? 4 : 1)),
      unit: 'ms',
      baseline: 'must',
      baselineValue: 5_000,
    },
    { name: `${name}: longest silence of the page`, value: Math.round(stalled), unit: 'ms', baseline: 'must', baselineValue: 100 },
    { name: `${name}: bytes`, value: readFileSync(await download.path()).length, unit: 'B' },
    { name: `${name}: memory of the browser, most above before`, value: Math.round((most - before) / 1e6), unit: 'MB' },
  ]
}

/** Lives in the page: how long it was, at most, that nothing could be answered. */
function watch() {
  let longest = 0
  let last = performance.now()
  const timer = setInterval(() => {
    const now = performance.now()
    longest = Math.max(longest, now - last - 10)
    last = now
  }, 10)
  Reflect.set(window, 'longestSilence', () => {
    clearInterval(timer)
    return longest
  })
}

/** What all of this browser's renderers hold now; 0 where the system does not tell. */
function residentBytes() {
  let bytes = 0
  if (!existsSync('/proc')) return bytes
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      if (!readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('--type=renderer')) continue
      bytes += Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * 1000
    } catch {
      // It has ended meanwhile.
    }
  }
  return bytes
}

async function bundled() {
  const made = await build({
    root,
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      minify: false,
      target: 'es2022',
      lib: { entry: 'tests/bench/gate-page.ts', formats: ['iife'], name: 'benchPage' },
    },
  })
  const [{ output }] = Array.isArray(made) ? made : [made]
  return output[0].code
}
