import type { Pool, PoolClient } from 'pg'
import type { CommunityKeys, PublicCardKey } from '../../domain/community'
import type { CommunityId, DeviceId } from '../../domain/ids'
import { fromBase64url } from '../../trust/base64url'
import { cardKeyId } from '../../trust/card'
import { publicKeyText, RECEIVE, readReceiveKey, SIGN } from '../../trust/device-keys'

export type KeyPurpose = 'receive' | 'card'
type Queryable = Pick<Pool, 'query'> | PoolClient

/** Days that a card holds; a retired key verifies as long. */
export const CARD_DAYS = 180

/** Makes a community's key for a purpose; the one before it is retired. */
export async function newKey(db: Queryable, communityId: CommunityId, purpose: KeyPurpose): Promise<string> {
  const { algorithm, usages } = FORM[purpose]
  const pair = await crypto.subtle.generateKey(algorithm, true, usages)
  const publicKey = await publicKeyText(pair.publicKey)
  const point = fromBase64url(publicKey)
  if (!point) throw new Error('newKey: a key that was just made cannot be read')
  const keyId = await cardKeyId(point)
  const privateKey = Buffer.from(await crypto.subtle.exportKey('pkcs8', pair.privateKey))
  await db.query('update community_keys set retired_at = now() where community_id = $1 and purpose = $2 and retired_at is null', [
    communityId,
    purpose,
  ])
  await db.query('insert into community_keys (community_id, key_id, purpose, public_key, private_key) values ($1, $2, $3, $4, $5)', [
    communityId,
    keyId,
    purpose,
    publicKey,
    privateKey,
  ])
  return keyId
}

/** Makes the keys of communities that are older than keys are. */
export async function ensureKeys(db: Queryable): Promise<void> {
  const { rows } = await db.query<{ community_id: CommunityId; purpose: KeyPurpose }>(
    `select c.community_id, p.purpose from communities c cross join (values ('receive'), ('card')) as p (purpose)
     where not exists (select from community_keys k where k.community_id = c.community_id and k.purpose = p.purpose and k.retired_at is null)`,
  )
  for (const { community_id, purpose } of rows) await newKey(db, community_id, purpose)
}

const FORM: Readonly<Record<KeyPurpose, { algorithm: EcKeyGenParams; usages: KeyUsage[] }>> = {
  receive: { algorithm: RECEIVE, usages: ['deriveBits'] },
  card: { algorithm: SIGN, usages: ['sign', 'verify'] },
}

/** The public keys that a phone at a unit works with; the leads are those whose scope holds the unit. */
export async function publicKeys(db: Queryable, communityId: CommunityId, unitId: string): Promise<CommunityKeys> {
  const [receive] = await rowsOf(db, 'k.community_id = $1 and k.purpose = $2 and k.retired_at is null', [communityId, 'receive'])
  if (!receive) throw new Error('publicKeys: a community has no receive key')
  // The neighbours' too: another community's valid card is told apart from a forged one.
  const cards = await rowsOf(db, "k.purpose = 'card' and (k.retired_at is null or k.retired_at > now() - make_interval(days => $1))", [
    CARD_DAYS,
  ])
  return {
    receive: { keyId: receive.keyId, publicKey: receive.publicKey },
    cards,
    leads: await leadsOver(db, communityId, unitId),
  }
}

async function rowsOf(db: Queryable, where: string, values: unknown[]): Promise<PublicCardKey[]> {
  const { rows } = await db.query(
    `select k.key_id, k.public_key, k.community_id, c.name from community_keys k join communities c using (community_id)
     where ${where} order by k.community_id, k.created_at`,
    values,
  )
  return rows.map((row) => ({
    keyId: row.key_id,
    publicKey: row.public_key,
    communityId: row.community_id,
    communityName: row.name,
  }))
}

async function leadsOver(db: Queryable, communityId: CommunityId, unitId: string): Promise<CommunityKeys['leads']> {
  const { rows } = await db.query(
    `with recursive above as (
       select unit_id, parent_id from units where community_id = $1 and unit_id = $2
       union all
       select u.unit_id, u.parent_id from units u join above a on u.unit_id = a.parent_id where u.community_id = $1
     )
     select d.device_id, d.name, d.receive_key from devices d join above a on a.unit_id = d.unit_id
     where d.community_id = $1 and d.role in ('lead', 'admin') and d.receive_key is not null and d.revoked_at is null and d.cloned_at is null
     order by d.created_at desc limit 20`,
    [communityId, unitId],
  )
  return rows.map((row) => ({ deviceId: row.device_id as DeviceId, name: row.name, receiveKey: row.receive_key }))
}

/** The key that signs cards now. */
export async function cardSigner(db: Queryable, communityId: CommunityId): Promise<{ readonly keyId: string; readonly key: CryptoKey }> {
  const { rows } = await db.query(
    "select key_id, private_key from community_keys where community_id = $1 and purpose = 'card' and retired_at is null",
    [communityId],
  )
  const [row] = rows
  if (!row) throw new Error('cardSigner: a community has no card key')
  const key = await crypto.subtle.importKey('pkcs8', new Uint8Array(row.private_key), SIGN, false, ['sign'])
  return { keyId: row.key_id, key }
}

/** The pair that opens what phones sealed to this key id; undefined where it is not here (any more). */
export async function receivePair(db: Queryable, communityId: CommunityId, keyId: string): Promise<CryptoKeyPair | undefined> {
  const { rows } = await db.query(
    "select public_key, private_key from community_keys where community_id = $1 and key_id = $2 and purpose = 'receive'",
    [communityId, keyId],
  )
  const [row] = rows
  const publicKey = row && (await readReceiveKey(row.public_key))
  if (!publicKey) return undefined
  const privateKey = await crypto.subtle.importKey('pkcs8', new Uint8Array(row.private_key), RECEIVE, false, ['deriveBits'])
  return { publicKey, privateKey }
}
