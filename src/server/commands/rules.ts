import { placeOf } from '../../domain/community'
import { resolveRules, setsInForce } from '../../domain/rules/rule-set'
import { readAs } from '../../wire/read'
import { postsBelow } from '../database/communities'
import { draftIds, draftRuleSets, publishRuleSets, ruleSetsOf } from '../database/rule-sets'
import { PlainError } from '../plain-error'
import { type Command, need, SELF, say, theCommunity } from './asking'
import { previewOf } from './preview'
import { Instant, readRuleSets } from './rule-file'

/** Dated rules: drafted from a file, looked at, published. */
export const RULES: Readonly<Record<string, Command>> = {
  async 'rules draft'(pool, values, [file]) {
    const communityId = await theCommunity(pool, values)
    if (!file) throw new PlainError('name the file: npm run admin -- rules draft FILE')
    const sets = readRuleSets(file)
    const published = await draftRuleSets(pool, communityId, sets)
    if (published.length > 0)
      throw new PlainError(`published already, and never changed: ${published.join(', ')}. Give the new rule an id of its own.`)
    say(`drafted ${sets.length}: ${sets.map(({ id }) => id).join(', ')}. See npm run admin -- rules preview --post ID`)
  },
  async 'rules preview'(pool, values) {
    const communityId = await theCommunity(pool, values)
    const postId = need(values, 'post')
    const post = (await postsBelow(pool, communityId, postId)).posts.find(({ id }) => id === postId)
    if (!post) throw new PlainError(`${postId} is not a post here; see npm run admin -- units`)
    const asked = values.at === undefined ? undefined : readAs(Instant, values.at)
    if (asked && !asked.ok) throw new PlainError(`--at must be ${asked.error.message}.`)
    const at = asked ? Date.parse(asked.value) : Date.now()
    const sets = await ruleSetsOf(pool, communityId, { drafts: true })
    const drafts = new Set(await draftIds(pool, communityId))
    const rules = resolveRules(sets, post, at)
    const { version, bands: _bands, duplicateWindow, retestAfter, ...rest } = rules
    say(`${placeOf(post)} at ${new Date(at).toISOString()}: ${version}`)
    for (const [name, value] of Object.entries(rest))
      say(`  ${name.padEnd(16)} ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    say(`  ${'retestAfter'.padEnd(16)} ${retestAfter / 60_000} min`)
    say(`  ${'duplicateWindow'.padEnd(16)} ${duplicateWindow / 1000} s`)
    for (const line of previewOf(rules, sets, post, at)) say(line)
    for (const set of setsInForce(sets, post, at)) say(`  ${drafts.has(set.id) ? 'draft ' : ''}${set.id}: ${set.title}`)
  },
  async 'rules publish'(pool, values) {
    const ids = await publishRuleSets(pool, await theCommunity(pool, values), SELF)
    if (ids.length === 0) throw new PlainError('there is no draft; see npm run admin -- rules draft FILE')
    say(`published ${ids.join(', ')}; phones learn of it when they next connect`)
  },
  async rules(pool, values) {
    const communityId = await theCommunity(pool, values)
    const drafts = new Set(await draftIds(pool, communityId))
    for (const { id, title, scope, effectiveFrom } of await ruleSetsOf(pool, communityId, { drafts: true }))
      say(`${effectiveFrom}  ${scope.level.padEnd(10)} ${id}  ${title}${drafts.has(id) ? '  (draft)' : ''}`)
  },
}
