import { expect, test } from 'vitest'
import { browserKind, phoneName } from '../../src/app/features/activate/browser-kind'

const ANDROID =
  'Mozilla/5.0 (Linux; Android 10; LYA-AL00 Build/HUAWEILYA-AL00) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Mobile Safari/537.36'
const IPHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.0 Mobile/15E148 Safari/604.1'
const IPAD = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.0 Safari/605.1.15'
const seen = (userAgent: string, more = {}) => browserKind({ userAgent, maxTouchPoints: 5, installed: false, ...more })

test.each([
  ['WeChat', `${ANDROID} MicroMessenger/8.0.40`, 'wechat'],
  ['WeChat for work', `${ANDROID} wxwork/4.1 MicroMessenger/7.0.1`, 'wechat'],
  ['QQ', `${ANDROID} QQ/8.9.50`, 'other'],
  ['Weibo', `${ANDROID} Weibo (HUAWEI-LYA__weibo__13.1)`, 'other'],
  ['DingTalk', `${ANDROID} AliApp(DingTalk/7.0)`, 'other'],
  ['Alipay', `${ANDROID} AlipayClient/10.3`, 'other'],
  ['a web view', ANDROID.replace('LYA-AL00 Build', 'LYA-AL00; wv) Build'), 'other'],
] as const)('a page inside %s cannot hold the app', (_, userAgent, app) => {
  expect(seen(userAgent)).toEqual({ at: 'in-app', app, ios: false })
})

test('WeChat on an iPhone leads to Safari', () => {
  expect(seen(`${IPHONE} MicroMessenger/8.0.40`)).toEqual({ at: 'in-app', app: 'wechat', ios: true })
})

test.each([
  ['Chrome', ANDROID],
  ['the QQ browser', `${ANDROID} MQQBrowser/13.6`],
  ['UC', `${ANDROID} UCBrowser/15.0`],
])('%s on Android can hold the app', (_, userAgent) => {
  expect(seen(userAgent)).toEqual({ at: 'able' })
})

test('a tab on iOS asks to be installed first; the installed app does not', () => {
  expect(seen(IPHONE)).toEqual({ at: 'ios-tab' })
  expect(seen(IPHONE, { installed: true })).toEqual({ at: 'able' })
  expect(seen(IPAD)).toEqual({ at: 'ios-tab' })
  expect(seen(IPAD, { maxTouchPoints: 0 })).toEqual({ at: 'able' })
})

test.each([
  [ANDROID, 'LYA-AL00'],
  ['Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36', 'Android'],
  [IPHONE, 'iPhone'],
  [IPAD, 'PC'],
])('a phone is called by its model where the browser tells it', (userAgent, name) => {
  expect(phoneName(userAgent)).toBe(name)
})
