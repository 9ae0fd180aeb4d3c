import type { FastifyInstance } from 'fastify'
import type { Pool } from 'pg'
import { renderSVG } from 'uqr'
import { type Card, type Household, unitText } from '../../domain/roster'
import { signCard } from '../../trust/card'
import { SIGN } from '../../trust/device-keys'
import { CARD_DAYS, cardSigner } from '../database/keys'
import { pagePolicy } from '../web-doors'
import { COMMUNITY } from './places'
import type { DemoRoster } from './roster'

const DAY = 86_400_000

export interface Sample {
  readonly code: string
  readonly title: string
  readonly note: string
}

/** A page of cards to hold before the camera. Names stand on it because all of them are made up. */
export function cardsRoute(app: FastifyInstance, samples: () => readonly Sample[]): void {
  app.get('/cards', async (_request, reply) => {
    const page = cardsPage(samples())
    return reply.header('content-security-policy', pagePolicy(page)).type('text/html; charset=utf-8').send(page)
  })
}

/** Cards of the demonstration, signed as printed ones are; and some that are none. */
export async function demoSamples(pool: Pool, rosters: readonly DemoRoster[], now: number): Promise<Sample[]> {
  const [home, next] = rosters.map(({ pages }) => pages.flatMap(({ households }) => households).flatMap(held))
  if (!home || !next) return []
  const person = home.filter(({ card }) => card.kind === 'person')
  const chosen: [Held | undefined, string][] = [
    ...person
      .filter(({ card }) => card.state === 'valid' && !card.validUntil)
      .slice(0, 6)
      .map((each): [Held, string] => [each, '住户卡 · card']),
    ...home
      .filter(isFamily)
      .slice(0, 2)
      .map((each): [Held, string] => [each, '户卡 · household card']),
    [person.find(({ card }) => card.state === 'revoked'), '已停用 · revoked'],
    [person.find(({ card }) => card.validUntil), '已过期 · expired'],
    [next.at(0), '别的小区 · another compound'],
  ]
  const { keyId, key } = await cardSigner(pool, COMMUNITY.id)
  const samples = chosen.flatMap(([each, note]) => (each ? [sample(each, note, now, keyId, key)] : []))
  const forger = await crypto.subtle.generateKey(SIGN, false, ['sign', 'verify'])
  const [victim] = person
  return [
    ...(await Promise.all(samples)),
    ...(victim ? [{ ...(await sample(victim, '', now, keyId, forger.privateKey)), title: '仿造的卡 · forged', note: '签名不对' }] : []),
    { code: 'https://example.org/menu', title: '网址 · web address', note: '不是住户卡' },
    { code: '你好，这只是一段文字', title: '文字 · plain text', note: '不是住户卡' },
  ]
}

interface Held {
  readonly household: Household
  readonly card: Card
}

const held = (household: Household): Held[] => household.cards.map((card) => ({ household, card }))
const isFamily = ({ card, household }: Held) => card.kind === 'household' && household.residents.length > 2

async function sample({ household, card }: Held, note: string, now: number, keyId: string, key: CryptoKey): Promise<Sample> {
  const resident = household.residents.find(({ id }) => id === card.residentId)
  const title = [resident?.name, unitText(household.address)].filter(Boolean).join(' ')
  const expiresAt = card.validUntil ? Date.parse(`${card.validUntil}T24:00:00+08:00`) : now + CARD_DAYS * DAY
  const claims = { id: card.id, kind: card.kind, issuedAt: Math.floor(now / 1000), expiresAt: Math.floor(expiresAt / 1000) }
  return { code: await signCard(claims, keyId, key), title, note: `${note} · ${card.shortCode}` }
}

function cardsPage(cards: readonly Sample[]): string {
  const figures = cards.map(
    ({ code, title, note }) =>
      `<figure>${renderSVG(code, { ecc: 'M', border: 4 })}<figcaption><b>${escaped(title)}</b><br>${escaped(note)}</figcaption></figure>`,
  )
  return `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>样卡 · sample cards</title><style>
body{font:18px/1.4 system-ui,sans-serif;margin:24px;background:#fff;color:#111}main{display:grid;gap:24px;grid-template-columns:repeat(auto-fill,minmax(260px,1fr))}
figure{margin:0;padding:12px;border:1px solid #bbb;border-radius:12px;text-align:center;break-inside:avoid}svg{width:100%;max-width:320px;height:auto}
</style><h1>样卡 · Sample cards</h1><p>人名都是编的。把一张对准手机摄像头。 Every name is made up. Hold one before the phone's camera.</p><main>${figures.join('\n')}</main></html>`
}

const escaped = (text: string) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`)
