import { placeOf } from '../../domain/community'
import type { CommunityId } from '../../domain/ids'
import { unitText } from '../../domain/roster'
import { CHINA, isoWithOffset } from '../../domain/time'
import { postsBelow } from '../database/communities'
import { rosterOf } from '../database/rosters'
import { readRequests, readTips } from '../database/told-to-us'
import { PlainError } from '../plain-error'
import { type Command, SELF, say, theCommunity, type Values } from './asking'

/** What people told the posts, for the community to read. */
export const TOLD: Readonly<Record<string, Command>> = {
  async tips(pool, values) {
    const communityId = await theCommunity(pool, values)
    const tips = await readTips(pool, { communityId, since: sinceOf(values), actor: SELF })
    const place = await placesIn(pool, communityId)
    for (const { at, postId, topic, words } of tips) say([timeOf(at), place(postId), topic, words ?? ''].join('  ').trimEnd())
    if (tips.length === 0) say('nothing was told')
  },
  async requests(pool, values) {
    const communityId = await theCommunity(pool, values)
    const requests = await readRequests(pool, { communityId, since: sinceOf(values), actor: SELF })
    const place = await placesIn(pool, communityId)
    const unit = await unitsIn(pool, communityId)
    for (const { at, postId, topic, words, householdId, operator } of requests)
      say([timeOf(at), place(postId), unit(householdId), topic, words ?? '', `(${operator || 'nobody named'})`].filter(Boolean).join('  '))
    if (requests.length === 0) say('nothing was asked')
  },
}

const timeOf = (at: Date) => isoWithOffset(at.getTime(), CHINA).slice(0, 16).replace('T', ' ')

function sinceOf({ days = '30' }: Values): Date {
  if (!/^\d{1,3}$/.test(String(days)) || Number(days) < 1) throw new PlainError('--days must be a whole number from 1 to 999.')
  return new Date(Date.now() - Number(days) * 86_400_000)
}

async function placesIn(pool: Parameters<Command>[0], communityId: CommunityId): Promise<(postId: string) => string> {
  const { posts } = await postsBelow(pool, communityId, communityId)
  const known = new Map<string, string>(posts.map((post) => [post.id, placeOf(post)]))
  return (postId) => known.get(postId) ?? postId
}

/** Who asked is their home: what the post wrote down. */
async function unitsIn(pool: Parameters<Command>[0], communityId: CommunityId): Promise<(householdId: string | undefined) => string> {
  const { compoundIds } = await postsBelow(pool, communityId, communityId)
  const pages = (await Promise.all(compoundIds.map((compoundId) => rosterOf(pool, communityId, compoundId)))).flat()
  const known = new Map<string, string>(pages.flatMap(({ households }) => households.map(({ id, address }) => [id, unitText(address)])))
  return (householdId) => (householdId ? (known.get(householdId) ?? householdId) : 'no home named')
}
