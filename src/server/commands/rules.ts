import { readFileSync } from 'node:fs'
import * as v from 'valibot'
import { placeOf } from '../../domain/community'
import { type RuleSet, resolveRules, setsInForce } from '../../domain/rules/rule-set'
import { readAs } from '../../wire/read'
import { asRuleSets, RuleSetSchema } from '../../wire/rules'
import { postsBelow } from '../database/communities'
import { draftIds, draftRuleSets, publishRuleSets, ruleSetsOf } from '../database/rule-sets'
import { PlainError } from '../plain-error'
import { type Command, need, SELF, say, theCommunity } from './asking'
import { previewOf } from './preview'

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
    const at = typeof values.at === 'string' ? Date.parse(values.at) : Date.now()
    if (Number.isNaN(at)) throw new PlainError('--at must be an instant with its offset, 2020-02-18T00:02:00+08:00.')
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

/** A JSON file with a list of rule sets; which of them cannot be read, and where, is told in one line. */
export function readRuleSets(file: string): readonly RuleSet[] {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch {
    throw new PlainError(`${file} cannot be read.`)
  }
  let body: unknown
  try {
    body = JSON.parse(text)
  } catch (cause) {
    throw new PlainError(`${file} is not JSON: ${cause instanceof Error ? cause.message : cause}`)
  }
  const read = readAs(v.pipe(v.array(StrictRuleSet), v.minLength(1)), body)
  if (!read.ok) throw new PlainError(`${file}: ${read.error.pointer || '/'}: ${read.error.message}`)
  const ids = read.value.map(({ id }) => id)
  const twice = ids.find((id, i) => ids.indexOf(id) !== i)
  if (twice) throw new PlainError(`${file}: the id ${twice} stands there twice.`)
  return asRuleSets(read.value)
}

/** A mistyped parameter would be passed over in silence. */
const StrictRuleSet = v.object({
  ...RuleSetSchema.entries,
  parameters: v.strictObject(v.partial(RuleSetSchema.entries.parameters).entries),
})
