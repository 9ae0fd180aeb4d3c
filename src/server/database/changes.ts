import type { Pool, PoolClient } from 'pg'
import type { Change } from '../../domain/change'
import type { CommunityId, CompoundId } from '../../domain/ids'
import { readCommunity, type Scope } from './communities'

export interface NewChange {
  /** The compound (or other unit) that it concerns; none: the whole community. */
  readonly unitId?: string
  readonly kind: Change['kind']
  readonly payload: object
}

/** Numbers changes and keeps them. The community's row stays locked until the transaction ends, so that no reader skips a late one. */
export async function addChanges(client: PoolClient, communityId: CommunityId, changes: readonly NewChange[]): Promise<void> {
  if (changes.length === 0) return
  const { rows } = await client.query(
    'update communities set last_change = last_change + $2 where community_id = $1 returning last_change',
    [communityId, changes.length],
  )
  const first = Number(rows[0].last_change) - changes.length + 1
  const numbered = changes.map(({ unitId, kind, payload }, i) => ({ change_no: first + i, unit_id: unitId ?? null, kind, payload }))
  await client.query(
    `insert into changes (community_id, change_no, unit_id, kind, payload)
     select $1, change_no, unit_id, kind, payload from json_to_recordset($2) as r (change_no bigint, unit_id text, kind text, payload jsonb)`,
    [communityId, JSON.stringify(numbered)],
  )
}

export interface ChangePage {
  readonly changes: readonly Change[]
  readonly cursor: string
  readonly more: boolean
}

const ROSTER_PAGES = 4 // some 2,000 residents, 400 kB before gzip
const CHANGES = 100

/** The next page after a cursor; without one a snapshot of all that the phone's scope holds. Undefined: not a cursor of ours. */
export async function changesAfter(
  pool: Pool,
  communityId: CommunityId,
  scope: Scope,
  cursor: string | undefined,
): Promise<ChangePage | undefined> {
  if (cursor === undefined) return snapshotPage(pool, communityId, scope, undefined, 0)
  const snapshot = /^s(\d{1,15})-(\d{1,9})$/.exec(cursor)
  if (snapshot) return snapshotPage(pool, communityId, scope, Number(snapshot[1]), Number(snapshot[2]))
  const number = /^c(\d{1,15})$/.exec(cursor)
  return number ? laterChanges(pool, communityId, scope, Number(number[1])) : undefined
}

async function snapshotPage(
  pool: Pool,
  communityId: CommunityId,
  scope: Scope,
  at: number | undefined,
  offset: number,
): Promise<ChangePage> {
  const known = await readCommunity(pool, communityId)
  if (!known) return { changes: [], cursor: 'c0', more: false }
  const from = at ?? known.lastChange
  const { rows } = await pool.query(
    'select compound_id, page, payload from roster_pages where community_id = $1 and compound_id = any($2) order by compound_id, page offset $3 limit $4',
    [communityId, scope.compoundIds, offset, ROSTER_PAGES],
  )
  const pages: Change[] = rows.map(({ payload }) => ({ kind: 'roster-page', page: payload }))
  const more = rows.length === ROSTER_PAGES
  const cursor = more ? `s${from}-${offset + rows.length}` : `c${from}`
  if (offset > 0) return { changes: pages, cursor, more }
  const first: Change[] = [
    { kind: 'community', community: known.community },
    { kind: 'rules', rules: known.rules },
    ...scope.posts.map((post): Change => ({ kind: 'post', post })),
  ]
  return { changes: [...first, ...pages], cursor, more }
}

async function laterChanges(pool: Pool, communityId: CommunityId, scope: Scope, after: number): Promise<ChangePage> {
  // A roster page that was replaced since is told as it is now: the phone ends with the newest either way.
  const { rows } = await pool.query(
    `select c.change_no, c.kind, c.payload, p.payload as page
     from changes c left join roster_pages p
       on c.kind = 'roster-page' and p.community_id = c.community_id and p.compound_id = c.payload->>'compoundId' and p.page = (c.payload->>'page')::integer
     where c.community_id = $1 and c.change_no > $2 order by c.change_no limit $3`,
    [communityId, after, CHANGES],
  )
  const inScope = new Set<string>([...scope.compoundIds, ...scope.posts.map(({ id }) => id)])
  const unitOf = (row: { kind: string; payload: { compoundId?: string; post?: { id: string } } }) =>
    row.payload.compoundId ?? row.payload.post?.id
  const changes: Change[] = rows.flatMap((row): Change[] => {
    const unit = unitOf(row)
    if (unit !== undefined && !inScope.has(unit)) return []
    if (row.kind === 'roster-page') return row.page ? [{ kind: 'roster-page', page: row.page }] : []
    return [{ ...row.payload, kind: row.kind }]
  })
  const last = rows.at(-1)
  return { changes, cursor: `c${last ? last.change_no : after}`, more: rows.length === CHANGES }
}

export const rosterChanges = (compoundId: CompoundId, pages: number): NewChange[] => [
  { unitId: compoundId, kind: 'roster', payload: { compoundId, pages } },
  ...Array.from({ length: pages }, (_, page): NewChange => ({ unitId: compoundId, kind: 'roster-page', payload: { compoundId, page } })),
]
