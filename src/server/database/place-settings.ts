import type { Pool, PoolClient } from 'pg'
import type { Contact, ContactRole } from '../../domain/community'
import type { CommunityId } from '../../domain/ids'
import type { LocalNames } from '../../domain/local-names'
import { addChanges } from './changes'
import { postsBelow, readCommunity } from './communities'
import { addToTrail } from './trail'
import { transaction } from './transaction'

interface At {
  readonly communityId: CommunityId
  readonly unitId: string
  readonly actor: string
}

/** Whom the posts of a place call in a role. Without a contact the place has none of its own again. The phones are told. */
export async function setContact(
  pool: Pool,
  at: At,
  role: ContactRole,
  contact: Pick<Contact, 'name' | 'phone'> | undefined,
): Promise<void> {
  const { communityId, unitId, actor } = at
  await transaction(pool, async (client) => {
    if (unitId === communityId) await setCommunityContact(client, communityId, role, contact)
    else
      await client.query(
        `update units set contacts = case when $4::jsonb is null then contacts - $3 else contacts || jsonb_build_object($3::text, $4::jsonb) end
         where community_id = $1 and unit_id = $2`,
        [communityId, unitId, role, contact ? JSON.stringify(contact) : null],
      )
    await addToTrail(client, communityId, [{ actor, what: 'settings-changed', about: unitId, detail: { word: `contact-${role}` } }])
    await tellPosts(client, communityId, unitId)
  })
}

/** Who answers for a compound that nobody manages; undefined: nobody any more. */
export async function setOfficial(pool: Pool, { communityId, unitId, actor }: At, official: string | undefined): Promise<void> {
  await transaction(pool, async (client) => {
    await client.query(
      `update units set details = case when $3::text is null then details - 'official' else details || jsonb_build_object('official', $3::text) end
       where community_id = $1 and unit_id = $2`,
      [communityId, unitId, official ?? null],
    )
    await addToTrail(client, communityId, [{ actor, what: 'settings-changed', about: unitId, detail: { word: 'official' } }])
    await tellPosts(client, communityId, unitId)
  })
}

export async function setLocalNames(pool: Pool, communityId: CommunityId, names: LocalNames, actor: string): Promise<void> {
  await transaction(pool, async (client) => {
    await client.query('update communities set local_names = $2 where community_id = $1', [communityId, JSON.stringify(names)])
    await addToTrail(client, communityId, [{ actor, what: 'settings-changed', about: communityId, detail: { word: 'names' } }])
    await tellCommunity(client, communityId)
  })
}

async function setCommunityContact(
  client: PoolClient,
  communityId: CommunityId,
  role: ContactRole,
  contact: Pick<Contact, 'name' | 'phone'> | undefined,
): Promise<void> {
  const { rows } = await client.query<{ contacts: Contact[] }>('select contacts from communities where community_id = $1 for update', [
    communityId,
  ])
  const others = (rows[0]?.contacts ?? []).filter((each) => each.role !== role)
  const contacts = contact ? [...others, { role, ...contact }] : others
  await client.query('update communities set contacts = $2 where community_id = $1', [communityId, JSON.stringify(contacts)])
  await tellCommunity(client, communityId)
}

async function tellCommunity(client: PoolClient, communityId: CommunityId): Promise<void> {
  const known = await readCommunity(client, communityId)
  if (known) await addChanges(client, communityId, [{ kind: 'community', payload: { community: known.community } }])
}

async function tellPosts(client: PoolClient, communityId: CommunityId, unitId: string): Promise<void> {
  if (unitId === communityId) return
  const { posts } = await postsBelow(client, communityId, unitId)
  await addChanges(
    client,
    communityId,
    posts.map((post) => ({ unitId: post.id, kind: 'post' as const, payload: { post } })),
  )
}
