import { timingSafeEqual } from 'node:crypto'
import type { Pool } from 'pg'
import type { Role } from '../../domain/community'
import type { CommunityId, CompoundId, DeviceId } from '../../domain/ids'
import { hashOf } from './invites'

export interface Device {
  readonly communityId: CommunityId
  readonly id: DeviceId
  readonly epoch: string
  readonly role: Role
  readonly unitId: string
  readonly localPostId?: string
  readonly localCompoundId?: CompoundId
  readonly revoked: boolean
}

/** The device whose secret this is. */
export async function deviceBySecret(pool: Pool, deviceId: string, secret: string): Promise<Device | undefined> {
  const { rows } = await pool.query(
    `select community_id, device_id, secret_hash, epoch, role, unit_id, local_post_id, local_compound_id, revoked_at
     from devices where device_id = $1`,
    [deviceId],
  )
  const offered = hashOf(secret)
  const row = rows.find(({ secret_hash }) => timingSafeEqual(secret_hash, offered))
  if (!row) return undefined
  return {
    communityId: row.community_id,
    id: row.device_id,
    epoch: row.epoch,
    role: row.role,
    unitId: row.unit_id,
    revoked: row.revoked_at !== null,
    ...(row.local_post_id ? { localPostId: row.local_post_id } : {}),
    ...(row.local_compound_id ? { localCompoundId: row.local_compound_id } : {}),
  }
}

/** Notes that a device was heard, and how wrong its clock is (ms to add). */
export async function noteSeen(pool: Pool, device: Device, clockOffset: number): Promise<void> {
  await pool.query('update devices set last_seen_at = now(), clock_offset = $3 where community_id = $1 and device_id = $2', [
    device.communityId,
    device.id,
    clockOffset,
  ])
}

/** A device of a demonstration, which nobody activates. */
export async function addDevice(
  pool: Pool,
  communityId: CommunityId,
  device: { readonly id: DeviceId; readonly secret: string; readonly name: string; readonly role: Role; readonly unitId: string },
): Promise<void> {
  await pool.query(
    'insert into devices (community_id, device_id, secret_hash, epoch, name, role, unit_id) values ($1, $2, $3, $4, $5, $6, $7)',
    [communityId, device.id, hashOf(device.secret), 'demo', device.name, device.role, device.unitId],
  )
}

export async function listDevices(
  pool: Pool,
): Promise<{ id: string; name: string; role: string; unitId: string; lastSeenAt: Date | null; revoked: boolean }[]> {
  const { rows } = await pool.query('select device_id, name, role, unit_id, last_seen_at, revoked_at from devices order by created_at')
  return rows.map((row) => ({
    id: row.device_id,
    name: row.name,
    role: row.role,
    unitId: row.unit_id,
    lastSeenAt: row.last_seen_at,
    revoked: row.revoked_at !== null,
  }))
}

/** Switches a device off. False where there is none, or it is off already. */
export async function revokeDevice(pool: Pool, deviceId: string): Promise<boolean> {
  const { rowCount } = await pool.query('update devices set revoked_at = now() where device_id = $1 and revoked_at is null', [deviceId])
  return rowCount === 1
}
