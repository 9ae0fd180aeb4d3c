import { randomUUID } from 'node:crypto'
import { placeOf } from '../../domain/community'
import type { CommunityId, CompoundId, PostId, ResidentId } from '../../domain/ids'
import { CHINA, type Day, dayOf } from '../../domain/time'
import { postsBelow } from '../database/communities'
import { noticesFor, receiptsOf, sendNotice } from '../database/notices'
import { observe, release } from '../database/observations'
import { rosterOf } from '../database/rosters'
import { tallies } from '../database/tallies'
import { PlainError } from '../plain-error'
import { type Command, knownUnit, need, SELF, say, theCommunity } from './asking'

/** Notices, observation, and what a day came to. */
export const CARE: Readonly<Record<string, Command>> = {
  async 'notice send'(pool, values) {
    const communityId = await theCommunity(pool, values)
    const postId = typeof values.post === 'string' ? await knownUnit(pool, communityId, values.post, ['post']) : undefined
    const id = randomUUID()
    const notice = { id, title: need(values, 'title'), text: need(values, 'text'), publishedAt: new Date().toISOString() }
    await sendNotice(pool, communityId, { ...notice, ...(postId ? { postId: postId as PostId } : {}) }, SELF)
    say(`notice ${id}`)
  },
  async 'notice receipts'(pool, values) {
    const communityId = await theCommunity(pool, values)
    const id = need(values, 'id')
    const { posts } = await postsBelow(pool, communityId, communityId)
    const known = await noticesFor(
      pool,
      communityId,
      posts.map((post) => post.id),
    )
    const notice = known.find((each) => each.id === id)
    if (!notice) throw new PlainError('there is no notice with this --id among the newest.')
    const receipts = new Map((await receiptsOf(pool, communityId, id)).map((each) => [each.postId, each]))
    for (const post of posts.filter((each) => notice.postId === undefined || each.id === notice.postId)) {
      const read = receipts.get(post.id)
      say(`${placeOf(post)}  ${read ? `read, ${read.phones} phones, first ${read.firstAt.toISOString()}` : 'not read'}`)
    }
  },
  async observe(pool, values) {
    const communityId = await theCommunity(pool, values)
    const until = need(values, 'until')
    if (!/^\d{4}-\d{2}-\d{2}$/.test(until) || Number.isNaN(Date.parse(until))) throw new PlainError('--until must be a day, 2020-02-25.')
    const found = await residentIn(pool, communityId, need(values, 'resident'))
    await observe(pool, communityId, [{ ...found, kind: values.central ? 'central' : 'home', until: until as Day }], SELF)
    say(`observed until 00:00 of ${until}; the posts of the compound learn of it when they next connect`)
  },
  async release(pool, values) {
    if (!(await release(pool, await theCommunity(pool, values), need(values, 'resident'), SELF)))
      throw new PlainError('nobody with this --resident is under observation.')
    say('released')
  },
  async tally(pool, values) {
    const communityId = await theCommunity(pool, values)
    const day = typeof values.day === 'string' ? values.day : dayOf(Date.now(), CHINA)
    if (!/^\d{4}-\d{2}-\d{2}$/.test(day) || Number.isNaN(Date.parse(day))) throw new PlainError('--day must be a day, 2020-02-18.')
    for (const { post, tally } of await tallies(pool, communityId, day as Day)) {
      const counts = Object.entries(tally).filter(([, count]) => count > 0)
      say(`${placeOf(post)}: ${counts.map(([name, count]) => `${name} ${count}`).join(', ') || 'nothing'}`)
    }
  },
}

async function residentIn(pool: Parameters<Command>[0], communityId: CommunityId, residentId: string) {
  const { compoundIds } = await postsBelow(pool, communityId, communityId)
  for (const compoundId of compoundIds) {
    for (const { households } of await rosterOf(pool, communityId, compoundId)) {
      const household = households.find(({ residents }) => residents.some(({ id }) => id === residentId))
      if (household) return { residentId: residentId as ResidentId, householdId: household.id, compoundId: compoundId as CompoundId }
    }
  }
  throw new PlainError('there is no resident with this --resident in any roster.')
}
