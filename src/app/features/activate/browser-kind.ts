import { isIos } from '../../shell/installing'

/** Whether this browser can hold the app. */
export type BrowserKind =
  /** A page inside another app: what it stores may be gone tomorrow. */
  | { readonly at: 'in-app'; readonly app: 'wechat' | 'other'; readonly ios: boolean }
  /** A tab on iOS: the installed app will have a storage of its own, so that an activation here would not be the app's. */
  | { readonly at: 'ios-tab' }
  | { readonly at: 'able' }

export interface BrowserSigns {
  readonly userAgent: string
  readonly maxTouchPoints: number
  /** Opened from the home screen. */
  readonly installed: boolean
}

// QQ/8 is the chat's own page; MQQBrowser/ alone is a browser like others.
const OTHER_APPS = /\bQQ\/\d|Weibo|DingTalk|AlipayClient|baiduboxapp|Feishu|Lark\/|aweme|NewsArticle|FBA[NV]|Instagram|\bLine\/|; wv\)/i

export function browserKind({ userAgent, maxTouchPoints, installed }: BrowserSigns): BrowserKind {
  const ios = isIos(userAgent, maxTouchPoints)
  if (/MicroMessenger|wxwork/i.test(userAgent)) return { at: 'in-app', app: 'wechat', ios }
  if (OTHER_APPS.test(userAgent)) return { at: 'in-app', app: 'other', ios }
  return ios && !installed ? { at: 'ios-tab' } : { at: 'able' }
}

/** What this phone is called in the community's list of phones, until somebody gives it a better name. */
export function phoneName(userAgent: string): string {
  if (/iPhone/.test(userAgent)) return 'iPhone'
  if (/iPad/.test(userAgent)) return 'iPad'
  const model = /Android [\d.]+; ([^;)]+?)(?: Build\/[^;)]*)?\)/.exec(userAgent)?.[1]
  if (model && model !== 'K') return model.slice(0, 60)
  return userAgent.includes('Android') ? 'Android' : 'PC'
}
