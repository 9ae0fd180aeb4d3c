import { expect, test } from 'vitest'
import { isOwnCode, recognise } from '../../src/domain/recognisers'

test.each([
  ['', 'empty'],
  [' \r\n', 'empty'],
  ['GP1:ABC', 'card'],
  ['\uFEFF GP1:ABC', 'card'],
  ['GPV1:6F', 'visit'],
  ['GPV1:', 'visit'],
  ['GPK1:ABC', 'taking'],
  ['GPM1:ABC', 'cases-part'],
  ['GPQ1:ABC', 'reset-question'],
  ['GPA1:ABC', 'reset-answer'],
  ['https://gate.example.org/activate#0123456789ABC', 'activation'],
  ['http://192.168.1.5:8080/activate#0123-4567-89AB-C', 'activation'],
  ['https://gate.example.org/activate', 'url'],
  ['https://gate.example.org/visit', 'visit-page'],
  ['https://gate.example.org/visit/nanjing', 'url'],
  ['wxp://f2f0abcdef', 'payment'],
  ['HTTPS://QR.ALIPAY.COM/FKX00000', 'payment'],
  ['https://qr.alipay.com.evil.example/fkx', 'url'],
  ['https://example.org/?from=qr.alipay.com', 'url'],
  ['https://qr.95516.com/00010000/62', 'payment'],
  ['00020101021129', 'payment'],
  ['https://jkm.example.gov.cn/?id=1', 'health-code'],
  ['https://h5.example.cn/skm/index.html?x=1', 'health-code'],
  ['HC1:6BFOXN', 'health-code'],
  ['shc:/5676290952432060346029243740', 'health-code'],
  ['苏康码 绿码', 'health-code'],
  ['https://example.org/%E5%81%A5%E5%BA%B7%E7%A0%81', 'health-code'],
  ['https://shop.example.com/health/apples', 'url'],
  ['https://healthy.example.com/', 'url'],
  ['https://example.org/100%', 'url'],
  ['www.example.org/menu', 'url'],
  ['000123456', 'text'],
  ['你好', 'text'],
] as const)('%s is taken for: %s', (text, is) => {
  expect(recognise(text)).toBe(is)
})

test('only what a screen of ours makes is ours', () => {
  const all = ['card', 'visit', 'taking', 'activation', 'visit-page', 'empty', 'payment', 'url', 'text'] as const
  expect(all.filter(isOwnCode)).toEqual(['card', 'visit', 'taking', 'activation', 'visit-page'])
})
