import { encode } from 'uqr'
import { expect, test } from 'vitest'
import { err, ok } from '../../src/domain/result'
import { makeDeviceKeys, publicKeyText } from '../../src/trust/device-keys'
import { openByPlatform, wrapByPlatform } from '../../src/vault/fingerprint'
import { newLock, withPin, withPlatform, withRecovery } from '../../src/vault/lock'
import { openByPin, pinProblem, pinWait } from '../../src/vault/pin'
import { answerQuestion, newAnswerPair, questionText, readAnswer, readQuestion } from '../../src/vault/reset'

const random = (length: number) => crypto.getRandomValues(new Uint8Array(length))
const rightPin = '907163'

test.each([
  ['12345', 'too-short'],
  ['', 'too-short'],
  ['1'.repeat(21), 'too-short'],
  ['12a456', 'not-digits'],
  ['000000', 'too-simple'],
  ['123456', 'too-simple'],
  ['987654', 'too-simple'],
  ['907163', undefined],
  ['112233', undefined],
])('the PIN %s is %s', (pin, problem) => expect(pinProblem(pin)).toBe(problem))

test('the data key opens by its PIN and by no other', async () => {
  const { lock, raw } = await newLock(rightPin)
  if (!lock.pin) throw new Error('no PIN')
  expect(lock.pin.iterations).toBe(600_000)
  expect(await openByPin(lock.pin, rightPin)).toEqual(ok(raw))
  expect(await openByPin(lock.pin, '907164')).toEqual(err('wrong-pin'))
})

test('another PIN opens the same data key; the old one does not any more', async () => {
  const { lock, raw } = await newLock(rightPin)
  const { pin } = await withPin(lock, raw, '551902')
  if (!pin) throw new Error('no PIN')
  expect(await openByPin(pin, '551902')).toEqual(ok(raw))
  expect(await openByPin(pin, rightPin)).toEqual(err('wrong-pin'))
})

test("under the phone's own lock there is no PIN left to be guessed", async () => {
  const { lock, raw } = await newLock(rightPin)
  const secret = random(32)
  const under = withPlatform(lock, await wrapByPlatform(raw, { credentialId: random(16), salt: random(32), secret }))
  expect('pin' in under).toBe(false)
  if (!under.platform) throw new Error('no platform lock')
  expect(await openByPlatform(under.platform, secret)).toEqual(ok(raw))
  expect(await openByPlatform(under.platform, random(32))).toEqual(err('cannot-open'))
})

test('after five wrong tries each one waits longer, up to a quarter of an hour; a clock that was set back helps nobody', () => {
  const at = 1_000_000
  expect([0, 4].map((failures) => pinWait({ failures, at }, at))).toEqual([0, 0])
  expect([5, 6, 7, 20].map((failures) => pinWait({ failures, at }, at))).toEqual([30_000, 60_000, 120_000, 900_000])
  expect(pinWait({ failures: 5, at }, at + 30_000)).toBe(0)
  expect(pinWait({ failures: 5, at }, 0)).toBe(30_000)
})

test('a forgotten PIN comes back by two codes, eye to eye, and the data key stays the same', async () => {
  const leadKeys = await makeDeviceKeys()
  const lead = { deviceId: 'L'.repeat(43), receiveKey: await publicKeyText(leadKeys.receive.publicKey) }
  const { lock, raw } = await newLock(rightPin)
  const { recovery } = await withRecovery(lock, raw, [lead])
  const pair = await newAnswerPair()
  const envelope = recovery[lead.deviceId]
  if (!envelope) throw new Error('no envelope')
  const question = { deviceId: `${'P'.repeat(42)}A`, leadId: `${'L'.repeat(42)}I`, envelope, answerTo: await publicKeyText(pair.publicKey) }
  const text = questionText(question)
  expect(encode(text, { ecc: 'L', border: 0 }).version).toBeLessThanOrEqual(9)
  const read = readQuestion(text)
  if (!read.ok) throw new Error('not read')
  expect(read.value.envelope).toEqual(envelope)
  const answer = await answerQuestion(read.value, { deviceId: question.leadId, receive: leadKeys.receive })
  if (!answer.ok) throw new Error('not answered')
  expect(await readAnswer(answer.value, pair)).toEqual(ok(raw))
  expect(await readAnswer(answer.value, await newAnswerPair())).toEqual(err('cannot-open'))
})

test("another lead's phone, a stranger's key and a foreign code give nothing back", async () => {
  const [lead, thief] = [await makeDeviceKeys(), await makeDeviceKeys()]
  const { lock, raw } = await newLock(rightPin)
  const { recovery } = await withRecovery(lock, raw, [{ deviceId: 'lead', receiveKey: await publicKeyText(lead.receive.publicKey) }])
  const pair = await newAnswerPair()
  const envelope = recovery.lead
  if (!envelope) throw new Error('no envelope')
  const question = { deviceId: 'p', leadId: 'lead', envelope, answerTo: await publicKeyText(pair.publicKey) }
  expect(await answerQuestion(question, { deviceId: 'other-phone', receive: lead.receive })).toEqual(err('other-lead'))
  expect(await answerQuestion(question, { deviceId: 'lead', receive: thief.receive })).toEqual(err('cannot-open'))
  for (const text of ['', 'GPQ1:', 'GPQ1:ABC', 'GP1:ABC', 'https://example.org']) expect(readQuestion(text)).toEqual(err('not-a-question'))
  for (const text of ['', 'GPA1', 'GPQ1:ABC']) expect(await readAnswer(text, pair)).toEqual(err('not-an-answer'))
})

test('who is a lead no longer is left out at the next unlock; the others are not sealed anew', async () => {
  const keys = await makeDeviceKeys()
  const receiveKey = await publicKeyText(keys.receive.publicKey)
  const { lock, raw } = await newLock(rightPin)
  const both = await withRecovery(lock, raw, [
    { deviceId: 'a', receiveKey },
    { deviceId: 'b', receiveKey },
  ])
  const one = await withRecovery(both, raw, [{ deviceId: 'b', receiveKey }])
  expect(Object.keys(one.recovery)).toEqual(['b'])
  expect(one.recovery.b).toBe(both.recovery.b)
})
