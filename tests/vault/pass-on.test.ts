import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Case } from '../../src/domain/case'
import type { DeviceId } from '../../src/domain/ids'
import { deviceIdOf, makeDeviceKeys, publicKeyText } from '../../src/trust/device-keys'
import {
  askingText,
  type Collected,
  collect,
  isWhole,
  openParts,
  partsFor,
  readAsking,
  readAskingPhone,
  signedAskingText,
} from '../../src/vault/pass-on'
import { aCheckIn, aReading, valueIn } from '../support/builders'

const aCase = (): Case => {
  const operation = aCheckIn({ measured: aReading(37.6) })
  return { passage: operation.key, operations: [{ deviceId: 'phone' as DeviceId, operation }], open: true }
}
const passed = { communityId: 'c-1', from: '梧桐苑 南门', cases: Array.from({ length: 4 }, aCase) }

async function given() {
  const giver = await makeDeviceKeys()
  const { receive } = await makeDeviceKeys()
  const asked = valueIn(readAsking(`${askingText(await publicKeyText(receive.publicKey))}`))
  return {
    receive,
    giver: await deviceIdOf(await publicKeyText(giver.sign.publicKey)),
    parts: valueIn(await partsFor(giver, asked, passed)),
  }
}
const collected = (parts: readonly string[]) => parts.reduce<Collected | undefined>(collect, undefined)

test('read in any order, and twice, the parts are the cases, and say which phone gave them; each fits a code that a cheap camera reads', async () => {
  const { receive, giver, parts } = await given()
  expect(parts.length).toBeGreaterThan(2)
  expect(Math.max(...parts.map(({ length }) => length))).toBeLessThanOrEqual(250)
  const whole = collected([...parts, ...parts].reverse())
  expect(whole && isWhole(whole)).toBe(true)
  if (whole) expect(valueIn(await openParts(whole, receive))).toEqual({ deviceId: giver, passed: JSON.parse(JSON.stringify(passed)) })
})

test('a part that is missing is missed; parts of another whole begin anew; what is no part changes nothing', async () => {
  const { parts } = await given()
  const { parts: others } = await given()
  const some = collected(parts.slice(1))
  expect(some && isWhole(some)).toBe(false)
  expect(collect(some, 'GP1:ABC')).toBe(some)
  expect(collect(some, '')).toBe(some)
  expect(collected([...parts.slice(1), ...others])?.parts.size).toBe(others.length)
})

test('only the phone that asked can open them, and nothing that was changed on the way opens', async () => {
  const { receive, parts } = await given()
  const { receive: another } = await makeDeviceKeys()
  const whole = collected(parts)
  if (!whole) throw new Error('nothing was collected')
  expect((await openParts(whole, another)).ok).toBe(false)
  await fc.assert(
    fc.asyncProperty(fc.nat(whole.of - 1), fc.nat(149), fc.integer({ min: 1, max: 255 }), async (index, at, by) => {
      const part = whole.parts.get(index)?.slice() ?? new Uint8Array()
      if (at >= part.length) return
      part[at] = (part[at] ?? 0) ^ by
      expect((await openParts({ ...whole, parts: new Map(whole.parts).set(index, part) }, receive)).ok).toBe(false)
    }),
    { numRuns: 100 },
  )
})

test.each(['', 'GPK1:', 'GPK1:ABC', 'GPQ1:ABC'])('%j asks for nothing', (text) => {
  expect(readAsking(text).ok).toBe(false)
})

test('the code of a taking phone says whose it is; one whose word is another phone’s asks for nothing, and one without a word names nobody', async () => {
  const [keys, other] = [await makeDeviceKeys(), await makeDeviceKeys()]
  const receiveKey = await publicKeyText(keys.receive.publicKey)
  const text = await signedAskingText(keys)
  expect(valueIn(await readAskingPhone(text))).toEqual({ receiveKey, deviceId: await deviceIdOf(await publicKeyText(keys.sign.publicKey)) })
  expect(valueIn(await readAskingPhone(askingText(receiveKey)))).toEqual({ receiveKey })
  const forged = await signedAskingText({ sign: { ...keys.sign, privateKey: other.sign.privateKey }, receive: keys.receive })
  expect((await readAskingPhone(forged)).ok).toBe(false)
  expect((await readAskingPhone('GPK1:ABC')).ok).toBe(false)
})
