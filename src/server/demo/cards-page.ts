import type { FastifyInstance } from 'fastify'
import { renderSVG } from 'uqr'
import { CARD_PREFIX } from '../../domain/card'
import { type Card, type Household, unitText } from '../../domain/roster'
import type { DemoRoster } from './roster'

interface Sample {
  readonly code: string
  readonly title: string
  readonly note: string
}

/** A page of cards to hold before the camera. Names stand on it because all of them are made up. */
export function cardsRoute(app: FastifyInstance, rosters: () => readonly DemoRoster[]): void {
  app.get('/cards', async (_request, reply) => reply.type('text/html; charset=utf-8').send(cardsPage(samples(rosters()))))
}

function samples(rosters: readonly DemoRoster[]): Sample[] {
  const [home, next] = rosters.map(({ pages }) => pages.flatMap(({ households }) => households))
  if (!home || !next) return []
  const all = home.flatMap((household) => household.cards.map((card) => ({ household, card })))
  const persons = all.filter(({ card }) => card.kind === 'person' && card.state === 'valid' && !card.validUntil).slice(0, 6)
  const families = all.filter(({ card, household }) => card.kind === 'household' && household.residents.length > 2).slice(0, 2)
  const revoked = all.find(({ card }) => card.state === 'revoked')
  const expired = all.find(({ card }) => card.validUntil)
  const elsewhere = next.flatMap((household) => household.cards.map((card) => ({ household, card }))).at(0)
  const spoilt = [
    revoked && sample(revoked, '已停用 · revoked'),
    expired && sample(expired, '已过期 · expired'),
    elsewhere && sample(elsewhere, '别的小区 · another compound'),
  ]
  return [
    ...persons.map((each) => sample(each, '住户卡 · card')),
    ...families.map((each) => sample(each, '户卡 · household card')),
    ...spoilt.filter((each) => each !== undefined),
    { code: 'https://example.org/menu', title: '网址 · web address', note: '不是住户卡' },
    { code: '你好，这只是一段文字', title: '文字 · plain text', note: '不是住户卡' },
  ]
}

function sample({ household, card }: { readonly household: Household; readonly card: Card }, note: string): Sample {
  const resident = household.residents.find(({ id }) => id === card.residentId)
  const title = [resident?.name, unitText(household.address)].filter(Boolean).join(' ')
  return { code: CARD_PREFIX + card.id, title, note: `${note} · ${card.shortCode}` }
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
</style><h1>样卡 · Sample cards</h1><p>人名都是编的。把一张对准手机相机。 Every name is made up. Hold one before the phone's camera.</p><main>${figures.join('\n')}</main></html>`
}

const escaped = (text: string) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`)
