import type { Pool, PoolClient } from 'pg'
import { CONTACT_ROLES, type Community, type Contact, type Post, type Setting } from '../../domain/community'
import type { CommunityId, CompoundId } from '../../domain/ids'
import { newKey } from './keys'
import { transaction } from './transaction'

export type UnitKind = 'city' | 'district' | 'street' | 'community' | 'compound' | 'post'

/** A place in the tree city > district > street > community > compound > post. */
export interface Unit {
  readonly id: string
  readonly parentId?: string
  readonly kind: UnitKind
  readonly name: string
  readonly adminCode?: string
  readonly managingArea?: string
  /** Whom its posts call, by role. */
  readonly contacts?: Readonly<Record<string, Pick<Contact, 'name' | 'phone'>>>
  readonly details?: Readonly<Record<string, unknown>>
}

type Queryable = Pick<Pool, 'query'> | PoolClient

/** Makes a community and its own place in the tree. */
export async function addCommunity(pool: Pool, community: Community, details: { readonly district?: string } = {}): Promise<void> {
  await transaction(pool, async (client) => {
    await client.query(
      'insert into communities (community_id, name, collecting_body, contact, shifts, contacts, local_names) values ($1, $2, $3, $4, $5, $6, $7)',
      [
        community.id,
        community.name,
        community.collectingBody,
        community.contact,
        JSON.stringify(community.shifts),
        JSON.stringify(community.contacts ?? []),
        community.names ? JSON.stringify(community.names) : null,
      ],
    )
    await addUnit(client, community.id, { id: community.id, kind: 'community', name: community.name, details })
    await newKey(client, community.id, 'receive')
    await newKey(client, community.id, 'card')
  })
}

export async function addUnit(db: Queryable, communityId: CommunityId, unit: Unit): Promise<void> {
  await db.query(
    `insert into units (community_id, unit_id, parent_id, kind, name, admin_code, managing_area, contacts, details)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      communityId,
      unit.id,
      unit.parentId ?? null,
      unit.kind,
      unit.name,
      unit.adminCode ?? null,
      unit.managingArea ?? null,
      JSON.stringify(unit.contacts ?? {}),
      JSON.stringify(unit.details ?? {}),
    ],
  )
}

/** Closes a post: what was recorded there after that instant is sent back. False where there is none. */
export async function closePost(pool: Pool, communityId: CommunityId, postId: string): Promise<boolean> {
  const { rowCount } = await pool.query(
    "update units set closed_at = now() where community_id = $1 and unit_id = $2 and kind = 'post' and closed_at is null",
    [communityId, postId],
  )
  return rowCount === 1
}

export async function readCommunity(
  db: Queryable,
  communityId: CommunityId,
): Promise<{ community: Community; lastChange: number } | undefined> {
  const { rows } = await db.query(
    'select name, collecting_body, contact, shifts, contacts, local_names, last_change from communities where community_id = $1',
    [communityId],
  )
  const [row] = rows
  if (!row) return undefined
  const community: Community = {
    id: communityId,
    name: row.name,
    collectingBody: row.collecting_body,
    contact: row.contact,
    shifts: row.shifts,
    ...(row.contacts.length > 0 ? { contacts: row.contacts } : {}),
    ...(row.local_names ? { names: row.local_names } : {}),
  }
  return { community, lastChange: Number(row.last_change) }
}

/** What lies at and below a unit, as far as a phone there is concerned. */
export interface Scope {
  readonly posts: readonly Post[]
  readonly compoundIds: readonly CompoundId[]
  /** ISO time by post. */
  readonly closedAt: ReadonlyMap<string, Date>
}

/** The posts at or below a unit, and the compounds that they, or it, belong to. */
export async function postsBelow(db: Queryable, communityId: CommunityId, unitId: string): Promise<Scope> {
  const { rows } = await db.query(
    `with recursive below as (
       select unit_id, parent_id, kind, name, details, contacts, closed_at from units where community_id = $1 and unit_id = $2
       union all
       select u.unit_id, u.parent_id, u.kind, u.name, u.details, u.contacts, u.closed_at
       from units u join below b on u.parent_id = b.unit_id where u.community_id = $1
     )
     select b.unit_id, b.kind, b.name, b.details, b.contacts, b.closed_at, p.unit_id as parent_id, p.kind as parent_kind, p.name as parent_name,
       p.details as parent_details, p.contacts as parent_contacts, c.details as community_details
     from below b left join units p on p.community_id = $1 and p.unit_id = b.parent_id
     left join units c on c.community_id = $1 and c.unit_id = $1
     where b.kind in ('post', 'compound') order by p.name, b.name, b.unit_id`,
    [communityId, unitId],
  )
  const compounds = new Set<CompoundId>()
  const closedAt = new Map<string, Date>()
  const posts: Post[] = []
  for (const row of rows) {
    if (row.kind === 'compound') compounds.add(row.unit_id)
    if (row.kind !== 'post') continue
    if (row.closed_at) closedAt.set(row.unit_id, row.closed_at)
    const compoundId = row.parent_kind === 'compound' ? (row.parent_id as CompoundId) : undefined
    if (compoundId) compounds.add(compoundId)
    const contacts = contactsIn({ ...(compoundId ? row.parent_contacts : {}), ...row.contacts })
    posts.push({
      id: row.unit_id,
      name: row.name,
      type: row.details.type,
      compoundName: compoundId ? row.parent_name : '',
      ...(compoundId ? { compoundId } : {}),
      setting: { ...settingIn(row.community_details), ...(compoundId ? settingIn(row.parent_details) : {}) },
      ...(contacts.length > 0 ? { contacts } : {}),
    })
  }
  return { posts, compoundIds: [...compounds], closedAt }
}

/** By role; the post's own before its compound's. */
function contactsIn(known: Readonly<Record<string, Omit<Contact, 'role'>>>): Contact[] {
  return CONTACT_ROLES.flatMap((role) => {
    const contact = known[role]
    return contact ? [{ role, name: contact.name, phone: contact.phone }] : []
  })
}

/** What rules may ask about, of all that is kept of a unit. */
function settingIn(details: Setting | null): Setting {
  const { district, tier, management, enclosed, official } = details ?? {}
  return {
    ...(district ? { district } : {}),
    ...(tier ? { tier } : {}),
    ...(management ? { management } : {}),
    ...(enclosed === undefined ? {} : { enclosed }),
    ...(official ? { official } : {}),
  }
}

export async function listUnits(db: Queryable, communityId?: string): Promise<{ communityId: string; unit: Unit; closed: boolean }[]> {
  const { rows } = await db.query(
    'select community_id, unit_id, parent_id, kind, name, closed_at from units where $1::text is null or community_id = $1 order by community_id, kind, name',
    [communityId ?? null],
  )
  return rows.map((row) => ({
    communityId: row.community_id,
    unit: { id: row.unit_id, kind: row.kind, name: row.name, ...(row.parent_id ? { parentId: row.parent_id } : {}) },
    closed: row.closed_at !== null,
  }))
}
