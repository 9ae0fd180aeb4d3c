import { createHash } from 'node:crypto'
import type { Pool } from 'pg'
import type { DeviceId } from '../../domain/ids'
import type { RosterPage } from '../../domain/roster'
import { resolveRules } from '../../domain/rules/rule-set'
import { CHINA, dayOf } from '../../domain/time'
import { type KeptCard, keepCards } from '../database/cards'
import { addCommunity, addUnit, postsBelow } from '../database/communities'
import { addDevice } from '../database/devices'
import { addInvite } from '../database/invites'
import { CARD_DAYS } from '../database/keys'
import { sendNotice } from '../database/notices'
import { observe } from '../database/observations'
import { insertOperations } from '../database/operations'
import { addPost } from '../database/posts'
import { putRoster } from '../database/rosters'
import { draftRuleSets, publishRuleSets } from '../database/rule-sets'
import { arrivalsOf } from './arrivals'
import { historyOf } from './history'
import { aName } from './names'
import { COMMUNITY, COMPOUNDS, DISTRICT, OTHER_POSTS, SERVICE_POINT } from './places'
import { createRandom } from './random'
import { type DemoRoster, demoRosters } from './roster'
import { demoNotice, demoObservations, demoRuleSets } from './rules'

const SEED = 20_200_218
const DAYS_BEFORE = 15 // 3 February is the first day, 18 February is today
const DAY = 86_400_000
const ISSUED_BEFORE = 30 // days
const CHUNK = 2000

export interface Demo {
  readonly rosters: readonly DemoRoster[]
  readonly codes: { readonly volunteer: string; readonly lead: string; readonly admin: string }
}

/** Fills an empty database with the demonstration's community; the same at every start but for the day. */
export async function loadDemo(pool: Pool, now: number): Promise<Demo> {
  const random = createRandom(SEED)
  const rosters = demoRosters(random, now)
  await addCommunity(pool, COMMUNITY, { district: DISTRICT })
  await draftRuleSets(pool, COMMUNITY.id, demoRuleSets(now))
  await publishRuleSets(pool, COMMUNITY.id, 'server')
  for (const { compound, pages } of rosters) {
    const { id, name, management, enclosed, tier, official } = compound
    await addUnit(pool, COMMUNITY.id, {
      id,
      parentId: COMMUNITY.id,
      kind: 'compound',
      name,
      details: { management, enclosed, tier, ...(official ? { official } : {}) },
    })
    for (const { id: postId, name: postName, type } of compound.posts)
      await addPost(pool, COMMUNITY.id, { id: postId, name: postName, type, parentId: id })
    await putRoster(pool, COMMUNITY.id, id, pages)
    await keepCards(pool, COMMUNITY.id, id, cardsIn(pages, now))
  }
  for (const { id, name, type } of OTHER_POSTS) await addPost(pool, COMMUNITY.id, { id, name, type, parentId: COMMUNITY.id })
  await observe(pool, COMMUNITY.id, demoObservations(rosters, now), 'server')
  await sendNotice(pool, COMMUNITY.id, demoNotice(now), 'server')
  await loadHistory(pool, random, rosters, now)
  return { rosters, codes: await invites(pool, now) }
}

/** The cards that the rosters name, as if they had been made here a month ago. */
function cardsIn(pages: readonly RosterPage[], now: number): KeptCard[] {
  const issuedAt = new Date(now - ISSUED_BEFORE * DAY)
  return pages.flatMap(({ households }) =>
    households.flatMap(({ id, cards }) =>
      cards.map((card) => ({
        id: card.id,
        shortCode: card.shortCode,
        kind: card.kind,
        householdId: id,
        issuedAt,
        expiresAt: new Date(card.validUntil ? Date.parse(`${card.validUntil}T24:00:00+08:00`) : issuedAt.getTime() + CARD_DAYS * DAY),
        revoked: card.state === 'revoked',
        ...(card.residentId ? { residentId: card.residentId } : {}),
      })),
    ),
  )
}

async function loadHistory(
  pool: Pool,
  random: ReturnType<typeof createRandom>,
  rosters: readonly DemoRoster[],
  now: number,
): Promise<void> {
  const midnight = Date.parse(`${dayOf(now, CHINA)}T00:00:00+08:00`)
  const ruleSets = demoRuleSets(now)
  const { posts } = await postsBelow(pool, COMMUNITY.id, COMMUNITY.id)
  let phone = 0
  for (const { compound, pages } of rosters) {
    const households = pages.flatMap((page) => page.households)
    for (const post of compound.posts) {
      const place = posts.find(({ id }) => id === post.id)
      if (!place) throw new Error(`loadHistory: ${post.id} is no post`)
      for (let i = 0; i < post.phones; i++) {
        const id = deviceId(++phone)
        await addDevice(pool, COMMUNITY.id, {
          id,
          signKey: NOBODY,
          name: `值守手机${phone}`,
          role: 'volunteer',
          unitId: post.id,
          lastSeenAt: new Date(now),
        })
        const operators = [aName(random), aName(random), aName(random)] as const
        const operations = historyOf(random, {
          post,
          households,
          operators,
          firstDay: midnight - DAYS_BEFORE * DAY,
          days: DAYS_BEFORE + 1,
          until: now,
          versionAt: (at) => resolveRules(ruleSets, place, at).version,
        })
        for (let from = 0; from < operations.length; from += CHUNK) {
          const placed = operations.slice(from, from + CHUNK).map((operation) => ({ operation, postId: operation.postId }))
          await insertOperations(pool, COMMUNITY.id, id, placed, now)
        }
      }
    }
  }
  const last = deviceId(++phone)
  await addDevice(pool, COMMUNITY.id, {
    id: last,
    signKey: NOBODY,
    name: `值守手机${phone}`,
    role: 'volunteer',
    unitId: COMMUNITY.id,
    lastSeenAt: new Date(now),
  })
  const arrivals = arrivalsOf({
    households: rosters.flatMap(({ pages }) => pages.flatMap((page) => page.households)),
    postId: SERVICE_POINT.id,
    until: now,
  })
  const placed = arrivals.map((operation) => ({ operation, postId: operation.postId }))
  await insertOperations(pool, COMMUNITY.id, last, placed, now)
}

async function invites(pool: Pool, now: number): Promise<Demo['codes']> {
  const expiresAt = new Date(now + DAY)
  const [wutong] = COMPOUNDS
  const [gate] = wutong?.posts ?? []
  if (!wutong || !gate) throw new Error('invites: the demonstration has no gate')
  return {
    volunteer: await addInvite(pool, COMMUNITY.id, { role: 'volunteer', unitId: gate.id, expiresAt }),
    lead: await addInvite(pool, COMMUNITY.id, { role: 'lead', unitId: wutong.id, expiresAt }),
    admin: await addInvite(pool, COMMUNITY.id, { role: 'admin', unitId: COMMUNITY.id, expiresAt }),
  }
}

function deviceId(phone: number): DeviceId {
  const hex = createHash('sha256').update(`demo phone ${phone}`).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}` as DeviceId
}

/** These phones only have a past: nobody can sign as one of them. */
const NOBODY = ''
