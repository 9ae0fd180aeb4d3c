import { cardIdOf } from '../../src/domain/card'
import type { CommunityId, CompoundId, HouseholdId, OperationKey, PostId, ResidentId } from '../../src/domain/ids'
import { uuidV7 } from '../../src/domain/ids'
import type { Household, RosterPage } from '../../src/domain/roster'
import { buildRosterIndex } from '../../src/domain/roster-search'
import { openDatabase } from '../../src/storage/database'
import { shiftKeyStore } from '../../src/storage/lock-store'
import { record } from '../../src/storage/record'
import { applyChanges, loadRoster } from '../../src/storage/roster-store'
import { cardKeyId, signCard, verifyCard } from '../../src/trust/card'
import { makeDeviceKeys, publicKeyText, SIGN } from '../../src/trust/device-keys'
import { importPayloadKey, newKeyId } from '../../src/trust/payload'
import { signRequest } from '../../src/trust/request-signature'
import { createCodecs } from '../../src/vault/codecs'
import { newLock } from '../../src/vault/lock'
import { openByPin } from '../../src/vault/pin'

const A_PAGE = 500 // residents
const COMPOUND = 'bench' as CompoundId

async function timed(run: () => Promise<unknown>): Promise<number> {
  const from = performance.now()
  await run()
  return performance.now() - from
}

const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN

function household(i: number): Household {
  const id = `h-${i}` as HouseholdId
  const residents = [0, 1].map((n) => ({
    id: `${id}-${n}` as ResidentId,
    name: `${'张王李赵陈刘杨黄'[(i + n) % 8]}${'建国志强秀英'[i % 6]}${'华明芳伟'[n + (i % 3)]}`,
    phone: `139${String(i * 2 + n).padStart(8, '0')}`,
    tenure: 'owner' as const,
    initials: 'zjh',
  }))
  const card = {
    id: cardIdOf(Uint8Array.of(1, 0, 0, 0, 0, i >> 16, (i >> 8) & 255, i & 255)),
    kind: 'household' as const,
    shortCode: `S${i}`,
    state: 'valid' as const,
  }
  return { id, address: { building: String(1 + (i % 40)), unit: '2', room: String(101 + (i % 900)) }, plates: [], residents, cards: [card] }
}

async function aPhone() {
  const opened = await openDatabase(`bench-${crypto.randomUUID()}`)
  if (!opened.ok) throw new Error(opened.error.kind)
  const db = opened.value
  const dataKey = { id: newKeyId(), key: await importPayloadKey(crypto.getRandomValues(new Uint8Array(32))) }
  const server = await makeDeviceKeys()
  const receiver = { keyId: 'aabbccdd', publicKey: await publicKeyText(server.receive.publicKey) }
  return { db, codecs: createCodecs({ dataKey, store: shiftKeyStore(db), receiver: () => receiver, clock: () => Date.now() }) }
}

/** A roster into memory, from pages as they are kept, and from a sealed row for each household; medians of `rounds`, ms. */
async function unlock(residents: number, rounds: number) {
  const { db, codecs } = await aPhone()
  const households = Array.from({ length: residents / 2 }, (_, i) => household(i))
  const perPage = A_PAGE / 2
  for (let page = 0; page * perPage < households.length; page++) {
    const content: RosterPage = { compoundId: COMPOUND, page, households: households.slice(page * perPage, (page + 1) * perPage) }
    await applyChanges(db, codecs.own, [{ kind: 'roster-page', page: content }], String(page), () => true)
  }
  const rows = await Promise.all(households.map(async (each) => ({ name: each.id, payload: await codecs.facts.seal(each, each.id) })))
  await db.sealed.bulkPut(rows)
  const pages: number[] = []
  const asRows: number[] = []
  for (let i = 0; i < rounds; i++) {
    pages.push(await timed(async () => buildRosterIndex(await loadRoster(db, codecs.own))))
    asRows.push(
      await timed(async () => {
        const sealed = await db.sealed.toArray()
        const opened = await Promise.all(sealed.map(({ name, payload }) => codecs.facts.open(payload, name)))
        buildRosterIndex([{ compoundId: COMPOUND, page: 0, households: opened as Household[] }])
      }),
    )
  }
  await db.delete()
  return { pages: median(pages), rows: median(asRows) }
}

/** The PIN to the data key, ms. */
async function pin() {
  const { lock } = await newLock('907163')
  const { pin: wrapped } = lock
  if (!wrapped) throw new Error('no PIN')
  return timed(() => openByPin(wrapped, '907163'))
}

/** A whole sealed save (fact, outbox, counters) and one raw put of as many bytes, both strict, by turns; medians, ms. */
async function save(rounds: number) {
  const { db, codecs } = await aPhone()
  const one = () =>
    record(
      db,
      codecs.facts,
      [
        {
          operation: {
            kind: 'check-in',
            subject: { kind: 'resident', residentId: 'h-1-0' as ResidentId, householdId: 'h-1' as HouseholdId },
            direction: 'in',
            measured: { celsius: 36.5, site: 'forehead', attempt: 1 },
            way: 'card',
            rules: 'base-1',
          },
        },
      ],
      {
        deviceNow: Date.now(),
        offsetMinutes: 480,
        clockOffset: 0,
        postId: 'post' as PostId,
        operator: '王志愿',
        randomKey: (): OperationKey => uuidV7(Date.now(), crypto.getRandomValues(new Uint8Array(10))),
      },
    )
  const put = (i: number) =>
    new Promise<void>((done, failed) => {
      const transaction = db.backendDB().transaction(['sealed'], 'readwrite', { durability: 'strict' })
      transaction.objectStore('sealed').put({ name: `raw-${i}`, payload: crypto.getRandomValues(new Uint8Array(320)) })
      transaction.oncomplete = () => done()
      transaction.onabort = () => failed(transaction.error)
      transaction.commit()
    })
  const sealed: number[] = []
  const raw: number[] = []
  for (let i = 0; i < rounds + 20; i++) {
    const a = await timed(one)
    const b = await timed(() => put(i))
    if (i >= 20) {
      sealed.push(a)
      raw.push(b)
    }
  }
  await db.delete()
  return { sealed: median(sealed), raw: median(raw) }
}

/** One card, from its text to its claims, ms. */
async function card(rounds: number) {
  const pair = await crypto.subtle.generateKey(SIGN, true, ['sign', 'verify'])
  const keyId = await cardKeyId(new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey)))
  const communityId = 'c' as CommunityId
  const text = await signCard(
    { id: cardIdOf(new Uint8Array(8)), kind: 'person', issuedAt: 1, expiresAt: 4_000_000_000 },
    keyId,
    pair.privateKey,
  )
  const check = {
    keys: new Map([[keyId, { keyId, communityId, communityName: '', key: pair.publicKey }]]),
    communityId,
    revoked: new Set<string>(),
    now: Date.now(),
  }
  const all = await timed(async () => {
    for (let i = 0; i < rounds; i++) if (!(await verifyCard(text, check)).ok) throw new Error('the card was refused')
  })
  return all / rounds
}

/** A push of some bytes signed, ms. */
async function sign(bytes: number, rounds: number) {
  const { sign: pair } = await makeDeviceKeys()
  const body = crypto.getRandomValues(new Uint8Array(bytes))
  const all = await timed(async () => {
    for (let i = 0; i < rounds; i++)
      await signRequest(
        { method: 'POST', target: '/api/v1/sync/push', body },
        { key: pair.privateKey, keyId: 'd', created: Date.now(), nonce: String(i) },
      )
  })
  return all / rounds
}

Object.assign(globalThis, { bench: { unlock, pin, save, card, sign } })
