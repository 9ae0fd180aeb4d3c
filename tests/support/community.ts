import type { Pool } from 'pg'
import { type Community, USUAL_SHIFTS } from '../../src/domain/community'
import type { CommunityId, CompoundId, HouseholdId, PostId, ResidentId } from '../../src/domain/ids'
import type { Role } from '../../src/domain/role'
import type { RosterPage } from '../../src/domain/roster'
import { addCommunity, addUnit } from '../../src/server/database/communities'
import { addDevice } from '../../src/server/database/devices'
import { addInvite } from '../../src/server/database/invites'
import { addPost } from '../../src/server/database/posts'
import { putRoster } from '../../src/server/database/rosters'
import { someKeys, type TestKeys } from './signing'

export const COMMUNITY: Community = {
  id: 'c-1' as CommunityId,
  name: '石榴坊社区',
  collectingBody: '石榴坊社区居民委员会',
  contact: '025-00000000',
  shifts: USUAL_SHIFTS,
}
export const COMPOUND = 'wutong' as CompoundId
export const SOUTH_GATE = 'post-south-gate' as PostId
export const NORTH_GATE = 'post-north-gate' as PostId

/** A community with one compound and two posts. */
export async function aCommunity(pool: Pool): Promise<Community> {
  await addCommunity(pool, COMMUNITY)
  await addUnit(pool, COMMUNITY.id, { id: COMPOUND, parentId: COMMUNITY.id, kind: 'compound', name: '梧桐苑' })
  await addPost(pool, COMMUNITY.id, { id: SOUTH_GATE, name: '南门', type: 'compound-gate', parentId: COMPOUND })
  await addPost(pool, COMMUNITY.id, { id: NORTH_GATE, name: '北门', type: 'compound-gate', parentId: COMPOUND })
  return COMMUNITY
}

export interface TestDevice extends TestKeys {
  readonly epoch: string
}

export async function aDevice(pool: Pool, part: { role?: Role; unitId?: string } = {}): Promise<TestDevice> {
  const own = await someKeys()
  const { id, signKey, receiveKey } = own
  const place = { role: part.role ?? 'volunteer', unitId: part.unitId ?? SOUTH_GATE }
  await addDevice(pool, COMMUNITY.id, { id, signKey, receiveKey, name: '测试手机', ...place })
  return { ...own, epoch: 'demo' }
}

export function anInvite(pool: Pool, part: { role?: Role; unitId?: string; expiresAt?: Date } = {}): Promise<string> {
  return addInvite(pool, COMMUNITY.id, {
    role: part.role ?? 'volunteer',
    unitId: part.unitId ?? SOUTH_GATE,
    expiresAt: part.expiresAt ?? new Date(Date.now() + 86_400_000),
  })
}

export function aRosterPage(page = 0, households = 3): RosterPage {
  return {
    compoundId: COMPOUND,
    page,
    households: Array.from({ length: households }, (_, i) => ({
      id: `h-${page}-${i}` as HouseholdId,
      address: { building: String(page + 1), unit: '1', room: `${i + 1}01` },
      plates: [],
      residents: [{ id: `r-${page}-${i}` as ResidentId, name: `张三${i}`, tenure: 'owner' }],
      cards: [],
    })),
  }
}

export const aRoster = (pool: Pool, pages: readonly RosterPage[]) => putRoster(pool, COMMUNITY.id, COMPOUND, pages)
