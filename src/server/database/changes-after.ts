import type { Pool } from 'pg'
import type { Change } from '../../domain/change'
import type { CardId, CommunityId, OperationKey } from '../../domain/ids'
import type { RosterPage } from '../../domain/roster'
import { CHINA, dayOf } from '../../domain/time'
import { openCases, readCases } from './cases'
import { postsBelow, readCommunity, type Scope } from './communities'
import { publicKeys } from './keys'
import { noticesFor } from './notices'
import { observationsIn } from './observations'
import { ruleSetsOf } from './rule-sets'

export interface ChangePage {
  readonly changes: readonly Change[]
  readonly cursor: string
  readonly more: boolean
}

const ROSTER_PAGES = 4 // in one answer; some 2,000 residents, 400 kB before gzip
const CHANGES = 100

/** Whose changes, and when it asks. */
export interface Asking {
  readonly communityId: CommunityId
  readonly unitId: string
  /** ms since 1970. */
  readonly now: number
}

/**
 * The next page after a cursor, for a phone at a unit; without one a snapshot of all that its scope holds. Undefined: not a cursor of ours.
 * The scope is read after the changes: a post that is added in between would else be out of scope, and passed over for ever.
 */
export async function changesAfter(pool: Pool, asking: Asking, cursor: string | undefined): Promise<ChangePage | undefined> {
  if (cursor === undefined) return snapshotPage(pool, asking, undefined, 0)
  const snapshot = /^s(\d{1,15})-(\d{1,9})$/.exec(cursor)
  if (snapshot) return snapshotPage(pool, asking, Number(snapshot[1]), Number(snapshot[2]))
  const number = /^c(\d{1,15})$/.exec(cursor)
  return number ? laterChanges(pool, asking, Number(number[1])) : undefined
}

async function snapshotPage(pool: Pool, asking: Asking, at: number | undefined, offset: number): Promise<ChangePage> {
  const { communityId, unitId, now } = asking
  const known = await readCommunity(pool, communityId)
  if (!known) return { changes: [], cursor: 'c0', more: false }
  const from = at ?? known.lastChange
  const scope = await postsBelow(pool, communityId, unitId)
  const { rows } = await pool.query(
    'select compound_id, page, payload from roster_pages where community_id = $1 and compound_id = any($2) order by compound_id, page offset $3 limit $4',
    [communityId, scope.compoundIds, offset, ROSTER_PAGES],
  )
  const pages: Change[] = rows.map(({ payload }) => ({ kind: 'roster-page', page: payload }))
  const more = rows.length === ROSTER_PAGES
  const cursor = more ? `s${from}-${offset + rows.length}` : `c${from}`
  // After several answers the roster may have changed under way: what is new is to be asked for at once.
  if (offset > 0) return { changes: pages, cursor, more: true }
  const postIds = scope.posts.map(({ id }) => id)
  const first: Change[] = [
    { kind: 'community', community: known.community },
    ...(await standing(pool, asking, scope, new Set(['rule-sets', 'keys', 'revoked-cards', 'observations']))),
    ...scope.posts.map((post): Change => ({ kind: 'post', post })),
    ...(await noticesFor(pool, communityId, postIds)).map((notice): Change => ({ kind: 'notice', notice })),
    ...(await openCases(pool, communityId, postIds, now)).map((each): Change => ({ kind: 'case', ...each })),
  ]
  return { changes: [...first, ...pages], cursor, more }
}

async function laterChanges(pool: Pool, asking: Asking, after: number): Promise<ChangePage> {
  const { communityId, unitId } = asking
  const { rows } = await pool.query<ChangeRow>(
    'select change_no, kind, payload from changes where community_id = $1 and change_no > $2 order by change_no limit $3',
    [communityId, after, CHANGES],
  )
  if (rows.length === 0) return { changes: [], cursor: `c${after}`, more: false }
  const scope = await postsBelow(pool, communityId, unitId)
  const inScope = new Set<string>([...scope.compoundIds, ...scope.posts.map(({ id }) => id)])
  const isWanted = ({ payload }: ChangeRow) => {
    const unit = payload.compoundId ?? payload.postId ?? payload.post?.id ?? payload.notice?.postId
    return unit === undefined || inScope.has(unit)
  }
  const told = upToPages(rows, isWanted)
  const wanted = told.filter(isWanted)
  const pages = await pagesNow(pool, communityId, wanted)
  const now = await standing(pool, asking, scope, new Set(wanted.map(({ kind }) => kind)))
  const cases = await casesNow(pool, communityId, wanted)
  const changes = wanted.flatMap((row): Change[] => {
    if (row.kind === 'case') return cases.get(row.payload.passage ?? '') ?? []
    if (row.kind === 'roster-page') return pages.get(pageName(row.payload)) ?? []
    return STANDING.has(row.kind) ? now.filter(({ kind }) => kind === row.kind) : [{ ...row.payload, kind: row.kind } as Change]
  })
  const last = told.at(-1)
  return { changes, cursor: `c${last ? last.change_no : after}`, more: told.length < rows.length || rows.length === CHANGES }
}

interface ChangeRow {
  readonly change_no: string
  readonly kind: Change['kind']
  readonly payload: {
    readonly compoundId?: string
    readonly page?: number
    readonly postId?: string
    readonly passage?: OperationKey
    readonly post?: { readonly id: string }
    readonly notice?: { readonly postId?: string }
  }
}

/** As many changes as have the roster pages of one answer: more would not arrive on a slow network before it is given up. */
function upToPages(rows: readonly ChangeRow[], isWanted: (row: ChangeRow) => boolean): readonly ChangeRow[] {
  let pages = 0
  const end = rows.findIndex((row) => row.kind === 'roster-page' && isWanted(row) && ++pages === ROSTER_PAGES)
  return end < 0 ? rows : rows.slice(0, end + 1)
}

/** What is told by its name alone, and read as it is when a phone asks. */
const STANDING: ReadonlySet<Change['kind']> = new Set(['rule-sets', 'keys', 'revoked-cards', 'observations'])

async function standing(
  pool: Pool,
  { communityId, unitId, now }: Asking,
  { compoundIds }: Scope,
  asked: ReadonlySet<Change['kind']>,
): Promise<Change[]> {
  const today = dayOf(now, CHINA)
  return [
    ...(asked.has('rule-sets') ? [{ kind: 'rule-sets', sets: await ruleSetsOf(pool, communityId) } as const] : []),
    ...(asked.has('keys') ? [{ kind: 'keys', keys: await publicKeys(pool, communityId, unitId) } as const] : []),
    ...(asked.has('revoked-cards') ? [{ kind: 'revoked-cards', ids: await revokedCards(pool, communityId, now) } as const] : []),
    ...(asked.has('observations')
      ? [{ kind: 'observations', observations: await observationsIn(pool, communityId, compoundIds, today) } as const]
      : []),
  ]
}

/** A case that has grown since is told as it is now; of one that no longer counts, nothing. */
async function casesNow(pool: Pool, communityId: CommunityId, changes: readonly ChangeRow[]): Promise<ReadonlyMap<string, Change[]>> {
  const asked = changes.flatMap(({ kind, payload }) => (kind === 'case' && payload.passage ? [payload.passage] : []))
  const cases = await readCases(pool, communityId, asked)
  return new Map(cases.map(({ passage, operations, open }) => [passage, [{ kind: 'case', passage, operations, open }]]))
}

/** All that were switched off before their time; one that has expired meanwhile needs no mention. */
async function revokedCards(pool: Pool, communityId: CommunityId, now: number): Promise<CardId[]> {
  const { rows } = await pool.query<{ card_id: CardId }>(
    'select card_id from cards where community_id = $1 and revoked_at is not null and expires_at > $2 order by card_id',
    [communityId, new Date(now)],
  )
  return rows.map(({ card_id }) => card_id)
}

const pageName = ({ compoundId, page }: { readonly compoundId?: string; readonly page?: number }) => `${page} ${compoundId}`

/** A roster page that was replaced since is told as it is now: the phone ends with the newest either way. */
async function pagesNow(pool: Pool, communityId: CommunityId, changes: readonly ChangeRow[]): Promise<ReadonlyMap<string, Change[]>> {
  const asked = changes.filter(({ kind }) => kind === 'roster-page').map(({ payload }) => payload)
  if (asked.length === 0) return new Map()
  const { rows } = await pool.query<{ payload: RosterPage }>(
    `select p.payload from json_to_recordset($2) as r ("compoundId" text, page integer)
     join roster_pages p on p.community_id = $1 and p.compound_id = r."compoundId" and p.page = r.page`,
    [communityId, JSON.stringify(asked)],
  )
  return new Map(rows.map(({ payload }) => [pageName(payload), [{ kind: 'roster-page', page: payload }]]))
}
