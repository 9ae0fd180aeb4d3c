import { rotateCardKey } from '../database/cards'
import { tellKeys } from '../database/changes'
import { deviceById, listDevices, revokeDevice } from '../database/devices'
import { addToTrail, trailOf, verifyTrail } from '../database/trail'
import { transaction } from '../database/transaction'
import { PlainError } from '../plain-error'
import { type Command, need, SELF, say, theCommunity } from './asking'

/** Phones, the keys of cards, and who did what. */
export const PHONES: Readonly<Record<string, Command>> = {
  async 'device list'(pool) {
    for (const device of await listDevices(pool)) {
      say(
        `${device.id}  ${device.role}  ${device.unitId}  ${device.wipedAt ? 'wiped' : device.revokedAt ? 'switched off' : (device.lastSeenAt ?? 'never seen')}  ${device.name}`,
      )
    }
  },
  async 'device revoke'(pool, values) {
    const device = await deviceById(pool, need(values, 'id'))
    const revoked =
      device &&
      (await transaction(pool, async (client) => {
        if (!(await revokeDevice(client, device.id))) return false
        await addToTrail(client, device.communityId, [{ actor: SELF, what: 'device-switched-off', about: device.id }])
        await tellKeys(client, device.communityId)
        return true
      }))
    if (!revoked) throw new PlainError('there is no device with this --id that is switched on; see npm run admin -- device list')
    say('switched off')
  },
  async 'cards rotate-key'(pool, values) {
    const communityId = await theCommunity(pool, values)
    const keyId = await rotateCardKey(pool, communityId)
    await transaction(pool, (client) => addToTrail(client, communityId, [{ actor: SELF, what: 'card-key-rotated', about: keyId }]))
    say(`cards are signed with ${keyId} from now on`)
  },
  async 'trail verify'(pool, values) {
    const check = await verifyTrail(pool, await theCommunity(pool, values))
    if (!check.ok) throw new PlainError(`the trail was changed, or is not whole, at entry ${check.entryNo}.`)
    say(
      `${check.entries} entries, none changed, none missing; the newest is ${check.head.slice(0, 16)}: write it down, and a trail that was made anew as a whole will show`,
    )
  },
  async trail(pool, values) {
    const communityId = await theCommunity(pool, values)
    const since = Date.now() - Number(values.days ?? '7') * 86_400_000
    const entries = await trailOf(pool, communityId, { limit: 10_000 })
    for (const { at, actor, what, about, detail } of entries.filter((entry) => Date.parse(entry.at) >= since))
      say([at, actor, what, about ?? '', detail ? JSON.stringify(detail) : ''].join('  ').trimEnd())
  },
}
