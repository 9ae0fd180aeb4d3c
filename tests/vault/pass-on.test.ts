import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Case } from '../../src/domain/case'
import type { DeviceId } from '../../src/domain/ids'
import { makeDeviceKeys, publicKeyText } from '../../src/trust/device-keys'
import { askingText, type Collected, collect, isWhole, openParts, partsFor, readAsking } from '../../src/vault/pass-on'
import { aCheckIn, aReading, valueIn } from '../support/builders'

const aCase = (): Case => {
  const operation = aCheckIn({ measured: aReading(37.6) })
  return { passage: operation.key, operations: [{ deviceId: 'phone' as DeviceId, operation }], open: true }
}
const passed = { communityId: 'c-1', cases: Array.from({ length: 4 }, aCase) }

async function given() {
  const { receive } = await makeDeviceKeys()
  const asked = valueIn(readAsking(`${askingText(await publicKeyText(receive.publicKey))}`))
  return { receive, parts: valueIn(await partsFor(asked, passed)) }
}
const collected = (parts: readonly string[]) => parts.reduce<Collected | undefined>(collect, undefined)

test('read in any order, and twice, the parts are the cases; each fits a code that a cheap camera reads', async () => {
  const { receive, parts } = await given()
  expect(parts.length).toBeGreaterThan(2)
  expect(Math.max(...parts.map(({ length }) => length))).toBeLessThanOrEqual(250)
  const whole = collected([...parts, ...parts].reverse())
  expect(whole && isWhole(whole)).toBe(true)
  if (whole) expect(valueIn(await openParts(whole, receive))).toEqual(JSON.parse(JSON.stringify(passed)))
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
