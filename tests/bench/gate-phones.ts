import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import type { CompoundId, PostId } from '../../src/domain/ids'
import { addCommunity, addUnit } from '../../src/server/database/communities'
import { addPost } from '../../src/server/database/posts'
import { putRoster } from '../../src/server/database/rosters'
import { launchPhone } from '../browser/support/chromium'
import { aCard } from '../browser/support/community'
import { film } from '../browser/support/fake-camera'
import { activate, PIN, toGate, untilOfflineReady } from '../browser/support/gate-page'
import type { TestServer } from '../browser/support/server'
import { anInvite, COMMUNITY } from '../support/community'
import { until } from '../support/until'
import { aRosterOf } from './gate-roster'
import { aFinger, slowDown, type Taps } from './gate-taps'

export interface Phone {
  readonly rows: number
  readonly times: Map<string, number[]>
  /** The app opened at the gate, its roster in memory, four times slowed down. */
  atGate(run: (taps: Taps) => Promise<void>): Promise<void>
  /** The same at the metro exit. */
  atMetro(run: (taps: Taps) => Promise<void>): Promise<void>
  /** Of its first households. */
  readonly cards: readonly string[]
  confirmAll(): Promise<void>
  amounts(): Promise<{ facts: number; waiting: number; rosterPages: number }>
  close(): void
}

const SLOWER = 4
const CARDS = 20

export const aCommunity = ({ pool }: TestServer) => addCommunity(pool, COMMUNITY)

/** A phone of a compound of its own: as many residents as facts. `script`: gate-page.ts, bundled. */
export async function aPhone(
  server: TestServer,
  script: string,
  rows: number,
  span?: { readonly from: number; readonly to: number },
): Promise<Phone> {
  const { pool, url } = server
  const compoundId = `compound-${rows}` as CompoundId
  const gate = `gate-${rows}` as PostId
  const metro = `metro-${rows}` as PostId
  const roster = aRosterOf(compoundId, rows)
  await addUnit(pool, COMMUNITY.id, { id: compoundId, parentId: COMMUNITY.id, kind: 'compound', name: '梧桐苑' })
  await addPost(pool, COMMUNITY.id, { id: gate, name: '南门', type: 'compound-gate', parentId: compoundId })
  await addPost(pool, COMMUNITY.id, { id: metro, name: '1号口', type: 'metro-exit', parentId: compoundId })
  await putRoster(pool, COMMUNITY.id, compoundId, roster)
  const households = roster.flatMap((page) => page.households)
  const signed = households.slice(0, CARDS).flatMap(({ cards: [card] }) => (card ? [aCard(pool, card.id, { kind: 'household' })] : []))
  const cards = await Promise.all(signed)

  const profile = mkdtempSync(join(tmpdir(), 'gatepost-bench-'))
  const times = new Map<string, number[]>()

  async function onPhone<Answer>(run: (page: Page) => Promise<Answer>): Promise<Answer> {
    const context = await launchPhone(profile, film(['']))
    try {
      const page = await context.newPage()
      return await run(page)
    } finally {
      await context.close()
    }
  }
  /** `call` names a function of gate-page.ts. */
  async function call<Answer>(page: Page, name: string, given?: object | string): Promise<Answer> {
    await page.evaluate(script)
    return page.evaluate(([called, argument]) => Reflect.get(window, 'bench')[called](argument), [name, given] as const)
  }
  const opened = (postId: PostId, run: (taps: Taps) => Promise<void>) =>
    onPhone(async (page) => {
      await page.goto(`${url}/`)
      await call(page, 'standAt', postId)
      await toGate(page, url)
      await page.waitForTimeout(3_000) // the roster is read and put in order
      await run(await aFinger(page, await slowDown(page, SLOWER), times))
    })

  await onPhone(async (page) => {
    await activate(page, url, await anInvite(pool, { unitId: compoundId }))
    await until(
      () => call<{ rosterPages: number }>(page, 'amounts'),
      ({ rosterPages }) => rosterPages === roster.length,
    )
    await untilOfflineReady(page)
    const fault = server.fault
    server.fault = 'down'
    await call(page, 'fill', { pin: PIN, facts: rows, compoundId, postId: gate, households: households.length, ...(span ? { span } : {}) })
    server.fault = fault
  })

  return {
    rows,
    times,
    cards,
    atGate: (run) => opened(gate, run),
    atMetro: (run) => opened(metro, run),
    confirmAll: () => onPhone((page) => page.goto(`${url}/`).then(() => call(page, 'confirmAll'))),
    amounts: () => onPhone((page) => page.goto(`${url}/`).then(() => call(page, 'amounts'))),
    close: () => rmSync(profile, { recursive: true, force: true }),
  }
}
