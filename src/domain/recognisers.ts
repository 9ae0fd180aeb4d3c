/** What a code of ours begins with, by what it is for; the room that makes it says how it goes on. */
export const OWN_PREFIXES = {
  /** A resident's or a household's card. */
  card: 'GP1:',
  /** What a visitor's own phone shows: the answers to the post's form. */
  visit: 'GPV1:',
  /** A phone that takes over, and where to seal to. */
  taking: 'GPK1:',
  /** Open cases on their way to the next phone, in parts. */
  'cases-part': 'GPM1:',
  /** A forgotten PIN, asked of the lead's phone. */
  'reset-question': 'GPQ1:',
  'reset-answer': 'GPA1:',
} as const

export type OwnCode = keyof typeof OWN_PREFIXES | 'activation' | 'visit-page'
export type Recognised = OwnCode | 'empty' | 'payment' | 'health-code' | 'url' | 'text'

/** What a code is that is no card: each has an answer of its own at the gate, and a way onward. */
export type Likeness = Exclude<Recognised, 'card' | 'empty'>

/** What a scanner or a copy left around a text is cut off. A base45 text may end with a space, so behind it only line ends are. */
export const scannedText = (scanned: string): string => scanned.replace(/[\r\n]+$/, '').replace(/^[\uFEFF\s]+/, '')

/** What a code says that it is, by its form alone; whether it holds is for its own room to judge. */
export function recognise(scanned: string): Recognised {
  const text = scannedText(scanned)
  return RECOGNISERS.find(({ knows }) => knows(text))?.is ?? 'text'
}

/** True for a code that some screen of ours made. */
export function isOwnCode(recognised: Recognised): recognised is OwnCode {
  return recognised in OWN_PREFIXES || recognised === 'activation' || recognised === 'visit-page'
}

interface Recogniser {
  readonly is: Recognised
  knows(text: string): boolean
}

const PAYING_HOSTS = ['qr.alipay.com', 'render.alipay.com', 'payapp.weixin.qq.com', 'wx.tenpay.com', 'qr.95516.com']
/** Who shows a health code, as a label of a host or a segment of a path: 苏康码, 健康码, 粤康码, 随申码. */
const HEALTH_LABELS = new Set(['jkm', 'skm', 'ykm', 'ssm', 'sukangma', 'jiankangma', 'healthcode', 'health-code', 'jkb', 'hcode'])
const HEALTH_NAMES = /健康码|苏康码|粤康码|随申码|健康宝|行程卡/

/** The first that knows a code names it: ours first, then what is told by a scheme or a host, then any address. */
const RECOGNISERS: readonly Recogniser[] = [
  { is: 'empty', knows: (text) => text.trim() === '' },
  ...Object.entries(OWN_PREFIXES).map(([is, prefix]) => ({
    is: is as keyof typeof OWN_PREFIXES,
    knows: (text: string) => text.startsWith(prefix),
  })),
  // An invite's code is 12 of Crockford's characters and their check, behind the link's #.
  { is: 'activation', knows: (text) => /^https?:\/\/[^#?]+\/activate\/?#[0-9a-z*~$=%-]{13,}$/i.test(text) },
  { is: 'visit-page', knows: (text) => /^https?:\/\/[^/]+\/visit\/?(?:[?#].*)?$/i.test(text) },
  // 000201 begins the merchants' code of EMVCo, which UnionPay's is one of.
  {
    is: 'payment',
    knows: (text) => /^(?:wxp|alipays?|weixin|upwallet):/i.test(text) || /^000201\d/.test(text) || isAt(text, PAYING_HOSTS),
  },
  // HC1: the EU's certificate; shc: that of SMART Health Cards.
  { is: 'health-code', knows: (text) => /^(?:HC1:|shc:\/|jkm:|skm:)/i.test(text) || HEALTH_NAMES.test(readable(text)) || isOfHealth(text) },
  { is: 'url', knows: (text) => /^[a-z][a-z0-9+.-]*:\/\/|^www\.[^\s/]+\.[a-z]{2,}/i.test(text) },
]

function isAt(text: string, hosts: readonly string[]): boolean {
  const { host } = addressIn(text) ?? {}
  return host !== undefined && hosts.some((each) => host === each || host.endsWith(`.${each}`))
}

/** A shop's page about health is no health code: a whole label or segment says so, not a part of a word. */
function isOfHealth(text: string): boolean {
  const address = addressIn(text)
  if (!address) return false
  return [...address.host.split('.'), ...address.path.split('/')].some((part) => HEALTH_LABELS.has(part))
}

/** Lower case. Not by URL: what stands in a code need not be a whole address. */
function addressIn(text: string): { readonly host: string; readonly path: string } | undefined {
  const [, host, path = ''] = /^https?:\/\/(?:[^/?#@]*@)?([^/?#:]+)(?::\d+)?([^?#]*)/i.exec(text) ?? []
  return host === undefined ? undefined : { host: host.toLowerCase(), path: path.toLowerCase() }
}

function readable(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
