import { expect, test } from 'vitest'
import { deviceIdOf, makeDeviceKeys, publicKeyText } from '../../src/trust/device-keys'
import { dayFile, openDayFile } from '../../src/vault/day-file'
import { valueIn } from '../support/builders'

const [giver, taker, other] = await Promise.all([makeDeviceKeys(), makeDeviceKeys(), makeDeviceKeys()])
const to = await publicKeyText(taker.receive.publicKey)
const CONTENT = { day: '2020-02-18', operations: [{ name: '张建华' }] }
const file = valueIn(await dayFile(giver, to, CONTENT))

test('a day goes sealed to one phone, and says who signed it', async () => {
  const opened = valueIn(await openDayFile(taker.receive, file))
  expect(opened).toEqual({ deviceId: await deviceIdOf(await publicKeyText(giver.sign.publicKey)), content: CONTENT })
  expect(Buffer.from(file).includes('张建华')).toBe(false)
  expect((await dayFile(giver, 'not a key', CONTENT)).ok).toBe(false)
})

test.each([
  ['another phone', () => openDayFile(other.receive, file), 'not-for-us'],
  [
    'a changed byte',
    () =>
      openDayFile(
        taker.receive,
        file.map((byte, i) => (i === 120 ? byte ^ 1 : byte)),
      ),
    'not-for-us',
  ],
  ['half of it', () => openDayFile(taker.receive, file.slice(0, file.length / 2)), 'not-for-us'],
  ['an empty file', () => openDayFile(taker.receive, new Uint8Array()), 'not-day-file'],
  ['a picture', () => openDayFile(taker.receive, new Uint8Array([0xff, 0xd8, 0xff, 0xe0])), 'not-day-file'],
  ['a later form', () => openDayFile(taker.receive, new TextEncoder().encode('GATEPOST-DAY3\nwhatever')), 'newer'],
  ['an earlier form', () => openDayFile(taker.receive, new TextEncoder().encode('GATEPOST-DAY1\nwhatever')), 'older'],
])('%s is refused in its own words', async (_, open, kind) => {
  expect(await open()).toEqual({ ok: false, error: { kind } })
})
