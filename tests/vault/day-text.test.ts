import { expect, test } from 'vitest'
import { dayBytes, dayText } from '../../src/vault/day-text'

const bytes = Uint8Array.from({ length: 5_000 }, (_, i) => (i * 31) % 256)
const file = (text: string) => new TextEncoder().encode(text)

test('a day as text gives back its very bytes, whatever a chat or a mail program did to its lines', () => {
  const text = dayText(bytes, '值守当日记录（已加密）')
  expect(text.startsWith('值守当日记录（已加密）\r\n')).toBe(true)
  for (const sent of [text, `\ufeff${text}`, text.replaceAll('\r\n', '\n'), text.replace(/\r\n/g, ' \r\n\r\n')])
    expect(dayBytes(file(sent))).toEqual(bytes)
})

test('a day file as it was before, and any other file, is taken as it is', () => {
  const binary = file('GATEPOST-DAY1\n…')
  expect(dayBytes(binary)).toBe(binary)
  const broken = file(dayText(bytes, 'x').replace(/A/, '%'))
  expect(dayBytes(broken)).toBe(broken)
})
