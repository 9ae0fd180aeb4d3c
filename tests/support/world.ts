import type { FastifyInstance } from 'fastify'
import { vi } from 'vitest'
import type { CompoundId, DeviceId, HouseholdId, PostId, ResidentId } from '../../src/domain/ids'
import type { Operation } from '../../src/domain/operation'
import type { Household, Resident } from '../../src/domain/roster'
import type { Tally } from '../../src/domain/tally'
import type { Day } from '../../src/domain/time'
import { createApp } from '../../src/server/app'
import { addCommunity, addUnit } from '../../src/server/database/communities'
import { addPost } from '../../src/server/database/posts'
import { putRoster } from '../../src/server/database/rosters'
import { tallies } from '../../src/server/database/tallies'
import { transaction } from '../../src/server/database/transaction'
import { cardsFor, signed } from '../../src/server/routes/cards'
import type { CardOrderRequest } from '../../src/wire/desk'
import { COMMUNITY, COMPOUND, NORTH_GATE, SOUTH_GATE } from './community'
import { aDatabase, type TestDatabase } from './postgres'

// A gate goes by its phone's zone; these all stand in China.
process.env.TZ = 'Asia/Shanghai'

export const XIANGFANG = 'xiangfang' as CompoundId
export const LANE = 'post-lane' as PostId
export const WANTOU = 'wantou' as CompoundId
export const VILLAGE_GATE = 'post-village' as PostId
export const METRO_EXIT = 'post-metro' as PostId

/** A community's real server and database, at a time that only the test moves. */
export interface World {
  readonly pool: TestDatabase['pool']
  readonly url: string
  /** It is now this time; ISO 8601 with offset. */
  at(time: string): void
  pass(ms: number): void
  tally(postId: PostId, day: string): Promise<Tally>
  /** What the server keeps of a phone, as it came, in the phone's order. */
  held(phone: { readonly own: { readonly id: DeviceId } }): Promise<Operation[]>
  close(): Promise<void>
}

/**
 * 梧桐苑 (property; two gates), 象房里 (none), 湾头组 (a village) and a metro exit. `Date` itself stands still:
 * server and gate alike ask it here and there, and a clock that was handed in would leave those out.
 */
export async function aWorld(start: string): Promise<World> {
  const db = await aDatabase()
  vi.useFakeTimers({ toFake: ['Date'], now: Date.parse(start) })
  const { pool } = db
  await aNeighbourhood(pool)
  const app: FastifyInstance = await createApp({ pool })
  const url = await app.listen({ host: '127.0.0.1', port: 0 })
  return {
    pool,
    url,
    at: (time) => void vi.setSystemTime(Date.parse(time)),
    pass: (ms) => void vi.setSystemTime(Date.now() + ms),
    async tally(postId, day) {
      const found = (await tallies(pool, COMMUNITY.id, day as Day)).find(({ post }) => post.id === postId)
      if (!found) throw new Error(`there is no post ${postId}`)
      return found.tally
    },
    async held({ own }) {
      const { rows } = await pool.query('select payload from operations where device_id = $1 order by seq', [own.id])
      return rows.map(({ payload }) => payload)
    },
    async close() {
      await app.close()
      await db.close()
      vi.useRealTimers()
    },
  }
}

async function aNeighbourhood(pool: World['pool']): Promise<void> {
  const { id } = COMMUNITY
  await addCommunity(pool, COMMUNITY)
  const compounds = [
    [COMPOUND, '梧桐苑', { management: 'property', enclosed: true, tier: 'core' }],
    [XIANGFANG, '象房里', { management: 'none', enclosed: false, tier: 'core' }],
    [WANTOU, '湾头组', { management: 'village', tier: 'fusion' }],
  ] as const
  for (const [unit, name, details] of compounds) await addUnit(pool, id, { id: unit, parentId: id, kind: 'compound', name, details })
  await addPost(pool, id, { id: SOUTH_GATE, name: '南门', type: 'compound-gate', parentId: COMPOUND })
  await addPost(pool, id, { id: NORTH_GATE, name: '北门', type: 'compound-gate', parentId: COMPOUND })
  await addPost(pool, id, { id: LANE, name: '巷口东', type: 'compound-gate', parentId: XIANGFANG })
  await addPost(pool, id, { id: VILLAGE_GATE, name: '村口', type: 'village-gate', parentId: WANTOU })
  await addPost(pool, id, { id: METRO_EXIT, name: '2号口', type: 'metro-exit', parentId: id })
}

/** A household of its members; one has a name and, where it matters, what is special. */
export function aHousehold(id: string, room: string, members: readonly (Partial<Resident> & { readonly id: string })[]): Household {
  const residents = members.map((member, i) => ({ name: `张三${i}`, tenure: 'owner' as const, ...member, id: member.id as ResidentId }))
  return { id: id as HouseholdId, address: { building: '3', unit: '2', room }, plates: [], residents, cards: [] }
}

export const putHouseholds = ({ pool }: World, compoundId: CompoundId, households: readonly Household[]) =>
  putRoster(pool, COMMUNITY.id, compoundId, [{ compoundId, page: 0, households }])

/** The codes of cards that the server made and signed, as a scanner reads them. */
export async function printCards({ pool }: World, order: CardOrderRequest): Promise<string[]> {
  const made = await transaction(pool, (client) => cardsFor(client, COMMUNITY.id, order, Date.now()))
  return (await signed(pool, COMMUNITY.id, made)).map(({ code }) => code)
}
