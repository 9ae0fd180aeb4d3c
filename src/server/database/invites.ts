import { createHash, randomInt } from 'node:crypto'
import type { Pool, PoolClient } from 'pg'
import { CROCKFORD, checkCharacter } from '../../domain/card'
import type { CommunityId } from '../../domain/ids'
import type { Role } from '../../domain/role'
import { tellKeys } from './changes'
import { addToTrail } from './trail'
import { transaction } from './transaction'

const CODE_LENGTH = 12 // Crockford characters, 60 bits

/** Makes a one-use invite; the code is told once and kept only as a hash. */
export async function addInvite(
  db: Pick<Pool, 'query'> | PoolClient,
  communityId: CommunityId,
  invite: { readonly role: Role; readonly unitId: string; readonly expiresAt: Date },
): Promise<string> {
  const code = newCode()
  await db.query('insert into invites (community_id, code_hash, role, unit_id, expires_at) values ($1, $2, $3, $4, $5)', [
    communityId,
    hashOf(code),
    invite.role,
    invite.unitId,
    invite.expiresAt,
  ])
  return code
}

/** Characters and a check character that every keyboard has. */
function newCode(): string {
  for (;;) {
    const code = Array.from({ length: CODE_LENGTH }, () => CROCKFORD[randomInt(CROCKFORD.length)]).join('')
    const check = checkCharacter(code)
    if (CROCKFORD.includes(check)) return code + check
  }
}

export const hashOf = (secret: string) => createHash('sha256').update(secret).digest()

export interface Newcomer {
  readonly deviceId: string
  readonly signKey: string
  readonly receiveKey: string
  readonly epoch: string
  readonly name: string
  readonly localPostId?: string
  readonly localCompoundId?: string
}

export type SpendError = 'invite-unknown' | 'invite-used' | 'invite-expired'

/** Makes a device of an invite. The same phone that asks again, with the same key, gets the same again. */
export async function spendInvite(
  pool: Pool,
  code: string,
  newcomer: Newcomer,
): Promise<{ readonly communityId: CommunityId; readonly role: Role; readonly unitId: string } | SpendError> {
  return transaction(pool, async (client) => {
    const { rows } = await client.query(
      'select community_id, role, unit_id, expires_at < now() as expired, used_at, device_id from invites where code_hash = $1 for update',
      [hashOf(code)],
    )
    const [invite] = rows
    if (!invite) return 'invite-unknown'
    const granted = { communityId: invite.community_id, role: invite.role, unitId: invite.unit_id }
    if (invite.used_at) return (await isSame(client, invite.device_id, newcomer)) ? granted : 'invite-used'
    if (invite.expired) return 'invite-expired'
    const { rowCount } = await client.query(
      `insert into devices (community_id, device_id, sign_key, receive_key, epoch, name, role, unit_id, local_post_id, local_compound_id)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
       on conflict (community_id, device_id) do update set role = excluded.role, unit_id = excluded.unit_id, name = excluded.name
         where devices.sign_key = excluded.sign_key and devices.revoked_at is null and devices.cloned_at is null`,
      [
        invite.community_id,
        newcomer.deviceId,
        newcomer.signKey,
        newcomer.receiveKey,
        newcomer.epoch,
        newcomer.name,
        invite.role,
        invite.unit_id,
        newcomer.localPostId ?? null,
        newcomer.localCompoundId ?? null,
      ],
    )
    if (rowCount === 0) return 'invite-used'
    await client.query('update invites set used_at = now(), device_id = $3 where community_id = $1 and code_hash = $2', [
      invite.community_id,
      hashOf(code),
      newcomer.deviceId,
    ])
    await addToTrail(client, invite.community_id, [
      { actor: newcomer.deviceId, what: 'device-activated', about: invite.unit_id, detail: { role: invite.role } },
    ])
    // Who may give a PIN back is one of the keys that phones know.
    if (invite.role !== 'volunteer') await tellKeys(client, invite.community_id)
    return granted
  })
}

async function isSame(client: Pick<Pool, 'query'>, deviceId: string, newcomer: Newcomer): Promise<boolean> {
  if (deviceId !== newcomer.deviceId) return false
  const { rowCount } = await client.query('select from devices where device_id = $1 and sign_key = $2 and revoked_at is null', [
    deviceId,
    newcomer.signKey,
  ])
  return rowCount === 1
}
