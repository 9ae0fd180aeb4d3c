import { expect, test } from 'vitest'
import { err, ok } from '../../src/domain/result'
import { makeDeviceKeys, publicKeyText, readReceiveKey } from '../../src/trust/device-keys'
import { openEnvelope, sealTo } from '../../src/trust/envelope'

const SECRET = crypto.getRandomValues(new Uint8Array(32))

test('what is sealed to a phone opens there, for its purpose, and nowhere else', async () => {
  const [phone, other] = await Promise.all([makeDeviceKeys(), makeDeviceKeys()])
  const address = await readReceiveKey(await publicKeyText(phone.receive.publicKey))
  if (!address) throw new Error('no key')
  const envelope = await sealTo(address, 'shift-key', SECRET)
  expect(envelope).toHaveLength(65 + 32 + 16)
  expect(await openEnvelope(phone.receive, 'shift-key', envelope)).toEqual(ok(SECRET))
  expect(await openEnvelope(phone.receive, 'data-key', envelope)).toEqual(err('cannot-open'))
  expect(await openEnvelope(other.receive, 'shift-key', envelope)).toEqual(err('cannot-open'))
  for (let i = 0; i < envelope.length; i++) {
    const changed = envelope.map((byte, n) => (n === i ? byte ^ 1 : byte))
    expect(await openEnvelope(phone.receive, 'shift-key', changed)).toEqual(err('cannot-open'))
  }
  expect(await openEnvelope(phone.receive, 'shift-key', new Uint8Array(3))).toEqual(err('cannot-open'))
})
