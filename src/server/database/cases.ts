import type { Pool, PoolClient } from 'pg'
import { type Case, isCase, isOpenCase } from '../../domain/case'
import type { CommunityId, DeviceId, OperationKey, PostId } from '../../domain/ids'
import type { Authored, Operation } from '../../domain/operation'
import type { NewChange } from './changes'
import { judgedByOf } from './rule-sets'

type Queryable = Pick<Pool, 'query'> | PoolClient

const LINKED: ReadonlySet<Operation['kind']> = new Set(['retest', 'walk-off', 'void', 'amend', 'incident-step'])
const KEPT_DAYS = 60 // a case that nobody closed is not told to newcomers for ever

/** What a batch changes for the other phones of its posts: who waits, and incidents. Told by their keys; what they say is read when a phone asks. */
export async function caseChanges(
  client: PoolClient,
  communityId: CommunityId,
  batch: readonly { readonly operation: Operation }[],
): Promise<NewChange[]> {
  const concerned = new Set(
    batch.flatMap(({ operation }): OperationKey[] => {
      if (operation.kind === 'check-in') return 'celsius' in operation.measured ? [operation.key] : []
      return LINKED.has(operation.kind) && 'target' in operation ? [operation.target] : []
    }),
  )
  const judgedBy = await judgedByOf(client, communityId)
  // A batch is mostly passages in range, which concern nobody else: only what might, with all that the batch says of it, is looked up.
  const inBatch = new Map<OperationKey, Operation[]>()
  for (const { operation } of batch) {
    const key = 'target' in operation ? operation.target : operation.key
    inBatch.set(key, [...(inBatch.get(key) ?? []), operation])
  }
  const asked = [...concerned].filter((key) => {
    const own = inBatch.get(key) ?? []
    return !own.some(({ kind }) => kind === 'check-in') || isCase(own, judgedBy)
  })
  if (asked.length === 0) return []
  const cases = await readCases(client, communityId, asked)
  return cases.map(({ passage, postId }) => ({ unitId: postId, kind: 'case', payload: { passage, postId } }))
}

/** The cases among these passages, as they stand; with the post that each belongs to. */
export async function readCases(
  db: Queryable,
  communityId: CommunityId,
  passages: readonly OperationKey[],
): Promise<(Case & { readonly postId: PostId })[]> {
  if (passages.length === 0) return []
  const { rows } = await db.query<{ passage: OperationKey; device_id: DeviceId; post_id: PostId; payload: Operation }>(
    `select coalesce(target, key) as passage, device_id, post_id, payload from (
       select key, target, device_id, post_id, at, payload from operations where community_id = $1 and (key = any($2) or target = any($2))
       union
       select key, target, device_id, post_id, at, payload from kept_operations where community_id = $1 and (key = any($2) or target = any($2))
     ) as said order by at, key`,
    [communityId, passages],
  )
  const judgedBy = await judgedByOf(db, communityId)
  const byPassage = new Map<OperationKey, typeof rows>()
  for (const row of rows) byPassage.set(row.passage, [...(byPassage.get(row.passage) ?? []), row])
  return [...byPassage].flatMap(([passage, own]) => {
    const operations: Authored[] = own.map(({ device_id, payload }) => ({ deviceId: device_id, operation: payload }))
    const told = operations.map(({ deviceId, operation }) => ({ ...operation, by: deviceId }))
    const post = own.find(({ payload }) => payload.kind === 'check-in')?.post_id
    if (!post || !isCase(told, judgedBy)) return []
    return [{ passage, postId: post, operations, open: isOpenCase(told, judgedBy) }]
  })
}

/** The open cases of some posts: what a phone that comes new to a post must know. */
export async function openCases(db: Queryable, communityId: CommunityId, postIds: readonly PostId[], now: number): Promise<Case[]> {
  const { rows } = await db.query<{ passage: OperationKey }>(
    `select distinct payload->>'passage' as passage from changes
     where community_id = $1 and kind = 'case' and unit_id = any($2) and created_at > $3`,
    [communityId, postIds, new Date(now - KEPT_DAYS * 86_400_000)],
  )
  const cases = await readCases(
    db,
    communityId,
    rows.map(({ passage }) => passage),
  )
  return cases.filter(({ open }) => open).map(({ passage, operations, open }) => ({ passage, operations, open }))
}
