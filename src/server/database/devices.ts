import type { Pool, PoolClient } from 'pg'
import type { CommunityId, CompoundId, DeviceId } from '../../domain/ids'
import type { Role } from '../../domain/role'
import type { DeviceRow } from '../../wire/desk'

export interface Device {
  readonly communityId: CommunityId
  readonly id: DeviceId
  readonly epoch: string
  readonly role: Role
  readonly unitId: string
  readonly signKey: string
  readonly localPostId?: string
  readonly localCompoundId?: CompoundId
  readonly revoked: boolean
  readonly cloned: boolean
}

type Queryable = Pick<Pool, 'query'> | PoolClient

export async function deviceById(db: Queryable, deviceId: string): Promise<Device | undefined> {
  const { rows } = await db.query(
    `select community_id, device_id, sign_key, epoch, role, unit_id, local_post_id, local_compound_id, revoked_at, cloned_at
     from devices where device_id = $1`,
    [deviceId],
  )
  const [row] = rows
  if (!row) return undefined
  return {
    communityId: row.community_id,
    id: row.device_id,
    epoch: row.epoch,
    role: row.role,
    unitId: row.unit_id,
    signKey: row.sign_key,
    revoked: row.revoked_at !== null,
    cloned: row.cloned_at !== null,
    ...(row.local_post_id ? { localPostId: row.local_post_id } : {}),
    ...(row.local_compound_id ? { localCompoundId: row.local_compound_id } : {}),
  }
}

/** False where this nonce of the device was seen before. */
export async function noteNonce(db: Queryable, device: Device, nonce: string, now: number): Promise<boolean> {
  const { rowCount } = await db.query(
    'insert into nonces (community_id, device_id, nonce, seen_at) values ($1, $2, $3, $4) on conflict do nothing',
    [device.communityId, device.id, nonce.slice(0, 64), new Date(now)],
  )
  return rowCount === 1
}

/** Nonces older than any signature that still counts. */
export async function forgetNonces(db: Queryable, before: number): Promise<void> {
  await db.query('delete from nonces where seen_at < $1', [new Date(before)])
}

/** Notes that a device was heard, and how wrong its clock is (ms to add), where it said so. */
export async function noteSeen(db: Queryable, device: Device, clockOffset?: number): Promise<void> {
  await db.query(
    'update devices set last_seen_at = now(), clock_offset = coalesce($3, clock_offset) where community_id = $1 and device_id = $2',
    [device.communityId, device.id, clockOffset ?? null],
  )
}

export interface NewDevice {
  readonly id: DeviceId
  readonly signKey: string
  readonly receiveKey?: string
  readonly name: string
  readonly role: Role
  readonly unitId: string
  readonly lastSeenAt?: Date
}

/** A device of a demonstration, which nobody activates. */
export async function addDevice(db: Queryable, communityId: CommunityId, device: NewDevice): Promise<void> {
  await db.query(
    `insert into devices (community_id, device_id, sign_key, receive_key, epoch, name, role, unit_id, last_seen_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      communityId,
      device.id,
      device.signKey,
      device.receiveKey ?? null,
      'demo',
      device.name,
      device.role,
      device.unitId,
      device.lastSeenAt ?? null,
    ],
  )
}

/** The devices at or below a unit; all of the server's where none is named. */
export async function listDevices(
  db: Queryable,
  within?: { readonly communityId: CommunityId; readonly unitId: string },
): Promise<DeviceRow[]> {
  const { rows } = await db.query(
    `with recursive below as (
       select community_id, unit_id from units where $1::text is null or (community_id = $1 and unit_id = $2)
       union
       select u.community_id, u.unit_id from units u join below b on u.community_id = b.community_id and u.parent_id = b.unit_id
     )
     select d.*, u.name as unit_name,
       (select count(*) from quarantine q where q.community_id = d.community_id and q.device_id = d.device_id and q.decision is null) as held_back
     from devices d join below b on b.community_id = d.community_id and b.unit_id = d.unit_id
     join units u on u.community_id = d.community_id and u.unit_id = d.unit_id
     order by d.created_at`,
    [within?.communityId ?? null, within?.unitId ?? null],
  )
  const time = (name: string, at: Date | null) => (at ? { [name]: at.toISOString() } : {})
  return rows.map((row) => ({
    id: row.device_id,
    name: row.name,
    role: row.role,
    unitId: row.unit_id,
    unitName: row.unit_name,
    activatedAt: row.created_at.toISOString(),
    heldBack: Number(row.held_back),
    ...time('lastSeenAt', row.last_seen_at),
    ...time('revokedAt', row.revoked_at),
    ...time('clonedAt', row.cloned_at),
    ...time('wipedAt', row.wiped_at),
  }))
}

/** Switches a device off. False where there is none, or it is off already. */
export async function revokeDevice(db: Queryable, deviceId: string): Promise<boolean> {
  const { rowCount } = await db.query('update devices set revoked_at = now() where device_id = $1 and revoked_at is null', [deviceId])
  return rowCount === 1
}

/** Two phones share this identity: neither is believed from now on. */
export async function markCloned(db: Queryable, { communityId, id }: Device): Promise<void> {
  await db.query('update devices set cloned_at = coalesce(cloned_at, now()) where community_id = $1 and device_id = $2', [communityId, id])
}

export async function markWiped(db: Queryable, { communityId, id }: Device): Promise<void> {
  await db.query('update devices set wiped_at = coalesce(wiped_at, now()) where community_id = $1 and device_id = $2', [communityId, id])
}

/** Gives a device another role or place. */
export async function changeRole(db: Queryable, communityId: CommunityId, deviceId: string, role: Role, unitId: string): Promise<void> {
  await db.query('update devices set role = $3, unit_id = $4 where community_id = $1 and device_id = $2', [
    communityId,
    deviceId,
    role,
    unitId,
  ])
}
