import type { Pool } from 'pg'
import type { CommunityId } from '../../domain/ids'
import type { JudgedBy } from '../../domain/passage'
import { type RuleSet, rulesOfVersion } from '../../domain/rules/rule-set'
import { addChanges } from './changes'
import { addToTrail } from './trail'
import { transaction } from './transaction'

type Queryable = Pick<Pool, 'query'>

/** All published sets of a community; with `drafts` those too that no phone is told of. */
export async function ruleSetsOf(db: Queryable, communityId: CommunityId, { drafts = false } = {}): Promise<RuleSet[]> {
  const { rows } = await db.query<{ payload: RuleSet }>(
    'select payload from rule_sets where community_id = $1 and ($2 or published_at is not null) order by set_id',
    [communityId, drafts],
  )
  return rows.map(({ payload }) => payload)
}

/** The ids of what is not published yet. */
export async function draftIds(db: Queryable, communityId: CommunityId): Promise<string[]> {
  const { rows } = await db.query<{ set_id: string }>(
    'select set_id from rule_sets where community_id = $1 and published_at is null order by set_id',
    [communityId],
  )
  return rows.map(({ set_id }) => set_id)
}

/** How records of a community are folded. */
export async function judgedByOf(db: Queryable, communityId: CommunityId): Promise<JudgedBy> {
  const sets = await ruleSetsOf(db, communityId)
  return (version) => rulesOfVersion(sets, version)
}

/** Keeps drafts; the ids of those that are published already, and stay as they are: a record keeps the version that it was judged by. */
export async function draftRuleSets(pool: Pool, communityId: CommunityId, sets: readonly RuleSet[]): Promise<readonly string[]> {
  return transaction(pool, async (client) => {
    const kept: string[] = []
    for (const set of sets) {
      const { rowCount } = await client.query(
        `insert into rule_sets (community_id, set_id, payload) values ($1, $2, $3)
         on conflict (community_id, set_id) do update set payload = excluded.payload, created_at = now() where rule_sets.published_at is null`,
        [communityId, set.id, JSON.stringify(set)],
      )
      if (rowCount === 0) kept.push(set.id)
    }
    return kept
  })
}

/** Publishes all drafts and tells the phones; the ids of what was published. */
export async function publishRuleSets(pool: Pool, communityId: CommunityId, actor: string): Promise<readonly string[]> {
  return transaction(pool, async (client) => {
    const { rows } = await client.query<{ set_id: string }>(
      'update rule_sets set published_at = now() where community_id = $1 and published_at is null returning set_id',
      [communityId],
    )
    const ids = rows.map(({ set_id }) => set_id).sort()
    if (ids.length === 0) return ids
    await addToTrail(
      client,
      communityId,
      ids.map((about) => ({ actor, what: 'rules-changed' as const, about })),
    )
    await addChanges(client, communityId, [{ kind: 'rule-sets', payload: {} }])
    return ids
  })
}
