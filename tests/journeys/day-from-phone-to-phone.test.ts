import 'fake-indexeddb/auto'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { giveDay, readDay } from '../../src/app/features/log/day-exchange'
import { type DayQuestion, daySource } from '../../src/app/reporting/day-source'
import { fetchPhones } from '../../src/app/reporting/known-phones'
import type { ResidentId } from '../../src/domain/ids'
import type { ReportKind } from '../../src/domain/report'
import type { Day } from '../../src/domain/time'
import { type Sheet, sheetOf } from '../../src/reports/sheet'
import { zhCN } from '../../src/reports/words/zh-cn'
import { mergeDays } from '../../src/storage/merged-days'
import { replaceRecords, settle } from '../../src/storage/outbox'
import { publicKeyText } from '../../src/trust/device-keys'
import { aCheckInDraft, valueIn } from '../support/builders'
import { COMPOUND, SOUTH_GATE } from '../support/community'
import { aGate, type TestGate } from '../support/gate'
import { aHousehold, aWorld, putHouseholds, type World } from '../support/world'

const resident = (n: number) => `r-${n}` as ResidentId
const TODAY = '2020-02-18' as Day
let world: World
let lead: TestGate
let other: TestGate
beforeAll(async () => {
  world = await aWorld('2020-02-17T09:00:00+08:00')
  await putHouseholds(world, COMPOUND, [aHousehold('h-1', '501', [{ id: resident(1) }, { id: resident(2) }, { id: resident(3) }])])
})
afterAll(() => world.close())
afterEach(async () => {
  for (const each of [lead, other]) await each.forget()
})

const at = (time: string) => world.at(`2020-02-${time}:00+08:00`)

async function twoPhones(): Promise<void> {
  at('17T22:00')
  lead = await aGate(world, { role: 'lead' })
  other = await aGate(world)
  await world.pool.query("update devices set last_seen_at = '2020-02-17T22:50:00+08:00' where device_id = $1", [other.own.id])
  await world.pool.query('update devices set revoked_at = now() where device_id <> all($1)', [[lead.own.id, other.own.id]])
  lead.offline = other.offline = true
}

async function passes(gate: TestGate, time: string, who: number): Promise<void> {
  at(time)
  await gate.person(resident(who), 'in')
  await gate.measure(36.5)
}

async function given(day: Day): Promise<Uint8Array<ArrayBuffer>> {
  const { file } = valueIn(await giveDay(other.services, day, await publicKeyText(lead.own.keys.receive.publicKey)))
  return new Uint8Array(await file.arrayBuffer())
}

async function merge(bytes: Uint8Array<ArrayBuffer>) {
  const { days } = valueIn(await readDay(lead.services, bytes))
  return mergeDays(lead.services.db, lead.services.ownCodec, days, Date.now())
}

async function report(kind: ReportKind, part: Partial<DayQuestion> = {}): Promise<Sheet> {
  const { db, codec, ownCodec, identity, now } = lead.services
  const phone = { db, facts: codec, own: ownCodec, identity: identity.value, rosterHidden: false, unknownPost: '其他值守点' }
  const question = { day: TODAY, zone: 480, ...part }
  const { source } = await daySource({ ...phone, asOf: now(), onRead: () => undefined }, question)
  return sheetOf(source, { kind, madeBy: '', madeAt: now(), ...(part.shift ? { shift: part.shift } : {}) }, zhCN)
}
const column = ({ columns, rows }: Sheet, name: string) => rows.map((row) => row[columns.findIndex((each) => each.name === name)])
const said = (sheet: Sheet) => sheet.about.slice(1).join('\n')

test('who gave its day at ten and worked on is in the report until ten, and whole when it gives again; twice is harmless', async () => {
  await twoPhones()
  lead.offline = false
  expect(await fetchPhones(lead.services)).toBe(true)
  lead.offline = true
  await passes(lead, '18T08:00', 1)
  await passes(other, '18T09:00', 2)
  at('18T09:30')
  const name = `小米 ${other.own.id.slice(0, 4)}`
  expect(said(await report('ledger-masked'))).toContain(`${name}未合并，最后见 02-17 22:50`)

  at('18T10:00')
  const first = await given(TODAY)
  await passes(other, '18T14:00', 3)
  expect(await merge(first)).toBe('merged')
  expect(await merge(first)).toBe('same')
  at('18T15:05')
  const partly = await report('daily', { shift: '早班' })
  expect(column(partly, 'unmerged')).toEqual([`${name}只合并到 10:00`, '', ''])
  expect(said(partly)).toContain(`${name}只合并到 10:00`)

  const second = await given(TODAY)
  expect(await merge(second)).toBe('merged')
  expect(await merge(first)).toBe('older')
  const whole = await report('daily', { shift: '早班' })
  expect(column(whole, 'unmerged')).toEqual(['', '', ''])
  expect(said(whole)).toContain(`已合并：${name}（到 15:05）`)
  expect(column(whole, 'in').at(-1)).toBe(3)
})

test('what a merged phone had not uploaded waits in the report too: one count in the heading and in the column, and the rest named apart', async () => {
  await twoPhones()
  await passes(lead, '17T23:00', 1)
  await passes(lead, '18T08:00', 1)
  await passes(other, '18T09:00', 2)
  await passes(other, '18T09:10', 3)
  at('18T10:00')
  await merge(await given(TODAY))
  const daily = await report('daily')
  expect(column(daily, 'waiting').at(-1)).toBe(3)
  expect(said(daily)).toContain('待上传 3 条，退回 0 条')
  expect(said(daily)).toContain('不在本表内：另有待上传 1 条，退回 0 条')
  expect(said(daily)).toContain('10:00 时待上传 2 条，退回 0 条')
  const ledger = await report('ledger-masked')
  expect(column(ledger, 'note').filter((note) => String(note).includes('待上传'))).toHaveLength(3)
  expect(said(await report('incidents'))).toContain('不在本表内：另有待上传 4 条')
})

test('a night shift is given whole, both of its calendar days in one file', async () => {
  await twoPhones()
  lead.offline = false
  await fetchPhones(lead.services)
  lead.offline = true
  await passes(other, '18T23:30', 1)
  await passes(other, '19T02:00', 2)
  at('19T07:05')
  await merge(await given('2020-02-19' as Day))
  const night = await report('ledger-masked', { shift: '晚班' })
  expect(column(night, 'time')).toEqual(['23:30', '02:00'])
  expect(said(night)).toMatch(/已合并：小米 .{4}（到 02-19 07:05）/)
  expect(said(night)).not.toMatch(/只合并到|未合并/)
})

test('a record that was mended is counted once after the second merge', async () => {
  await twoPhones()
  at('18T09:00')
  const { db, codec, save, recordContext } = other.services
  const [sent] = valueIn(await save([aCheckInDraft({ subject: { kind: 'written', name: '李四' } })]))
  if (!sent) throw new Error('nothing was kept')
  const before = await given(TODAY)
  await settle(db, { accepted: [], rejected: [{ key: sent.key, code: 'schema' }], at: Date.now() })
  at('18T09:20')
  const draft = aCheckInDraft({ subject: { kind: 'written', name: '李四四' } })
  valueIn(await replaceRecords(db, codec, [{ of: sent.key, draft, context: recordContext() }]))
  const after = await given(TODAY)
  for (const files of [
    [before, after],
    [after, before],
  ]) {
    await lead.services.db.mergedDays.clear()
    for (const file of files) await merge(file)
    expect(column(await report('ledger-full'), 'name')).toEqual(['李四四'])
  }
})

test('where the list of phones was never fetched it says so, and no nil report is made; once fetched it is remembered', async () => {
  await twoPhones()
  at('19T08:00')
  const unknown = await report('daily')
  expect(column(unknown, 'unmerged')).toEqual(['其他手机：未知', '', '其他手机：未知'])
  expect(column(unknown, 'note')).toEqual(['暂无记录', '暂无记录', '暂无记录'])
  lead.offline = false
  await fetchPhones(lead.services)
  lead.offline = true
  await lead.kill()
  expect(column(await report('daily'), 'unmerged')).toEqual([expect.stringMatching(/未合并，最后见 02-17 22:50$/), '', ''])
  await world.pool.query('update devices set revoked_at = now() where device_id = $1', [other.own.id])
  lead.offline = false
  await fetchPhones(lead.services)
  expect(column(await report('daily'), 'note')).toEqual(['零报告', '零报告', '零报告'])
  // While the day still runs, nothing is known of the rest of it.
  at('18T15:05')
  expect(said(await report('ledger-masked'))).toContain('暂无记录')
  expect((await report('ledger-masked', { shift: '早班' })).about.join()).toContain('零报告')
})

test('a phone of the whole community is named in the whole, one of the compound in its sum', async () => {
  await twoPhones()
  const { services } = lead
  const phones = [
    {
      deviceId: other.own.id,
      name: '机动手机',
      unitId: services.identity.value.community.id,
      lastSeen: Date.parse('2020-02-17T22:50:00+08:00'),
    },
    { deviceId: 'c' as typeof other.own.id, name: '小区手机', unitId: COMPOUND },
    { deviceId: 'd' as typeof other.own.id, name: '别处手机', unitId: 'elsewhere' },
  ]
  await services.keep('phones', phones)
  at('18T15:05')
  expect(column(await report('daily', { postId: SOUTH_GATE }), 'unmerged')).toEqual([
    '',
    '小区手机未合并',
    '机动手机未合并，最后见 02-17 22:50',
  ])
})
