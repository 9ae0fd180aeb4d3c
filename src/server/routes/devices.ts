import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Pool } from 'pg'
import {
  type DevicesResponse,
  type DoneResponse,
  InviteRequest,
  type InviteResponse,
  RoleRequest,
  SwitchOffRequest,
  type UnitsResponse,
} from '../../wire/desk'
import { PATHS } from '../../wire/protocol'
import type { Reach } from '../admission'
import { tellKeys } from '../database/changes'
import { changeRole, deviceById, listDevices, markWiped, revokeDevice } from '../database/devices'
import { addInvite } from '../database/invites'
import { addToTrail, type TrailEntry } from '../database/trail'
import { transaction } from '../database/transaction'
import { placesBelow } from '../database/units'
import { bodyOf } from './read-request'

const DAY = 86_400_000

/** Who works here: phones, their roles and places, and the invites of new ones. */
export function deviceRoutes(app: FastifyInstance, pool: Pool, clock: () => number): void {
  const serverTime = () => new Date(clock()).toISOString()
  const done = (): DoneResponse => ({ gatepost: 'done', serverTime: serverTime() })
  const noted = (request: FastifyRequest, entry: Omit<TrailEntry, 'actor'>) => ({ ...entry, actor: request.device.id })

  app.get(
    PATHS.devices,
    { config: { admission: { by: 'device', right: 'see-devices' } } },
    async ({ device }): Promise<DevicesResponse> => {
      return { gatepost: 'devices', devices: await listDevices(pool, device), serverTime: serverTime() }
    },
  )

  app.get(PATHS.units, { config: { admission: { by: 'device', right: 'invite' } } }, async ({ device }): Promise<UnitsResponse> => {
    return { gatepost: 'units', units: await placesBelow(pool, device.communityId, device.unitId), serverTime: serverTime() }
  })

  app.post(
    PATHS.invites,
    { config: { admission: { by: 'device', right: 'invite', reach: async (request) => reachOf(bodyOf(InviteRequest, request)) } } },
    async (request): Promise<InviteResponse> => {
      const { role, unitId, days } = bodyOf(InviteRequest, request)
      const { communityId } = request.device
      const expiresAt = new Date(clock() + days * DAY)
      const code = await transaction(pool, async (client) => {
        await addToTrail(client, communityId, [noted(request, { what: 'invite-made', about: unitId, detail: { role, days } })])
        return addInvite(client, communityId, { role, unitId, expiresAt })
      })
      return { gatepost: 'invite', code, expiresAt: expiresAt.toISOString(), serverTime: serverTime() }
    },
  )

  app.post(
    PATHS.switchOff,
    {
      config: {
        admission: { by: 'device', right: 'switch-off', reach: (request) => reachOfDevice(pool, bodyOf(SwitchOffRequest, request)) },
      },
    },
    async (request): Promise<DoneResponse> => {
      const { deviceId } = bodyOf(SwitchOffRequest, request)
      const { communityId } = request.device
      await transaction(pool, async (client) => {
        if (!(await revokeDevice(client, deviceId))) return
        await addToTrail(client, communityId, [noted(request, { what: 'device-switched-off', about: deviceId })])
        await tellKeys(client, communityId)
      })
      return done()
    },
  )

  app.post(
    PATHS.roles,
    {
      config: { admission: { by: 'device', right: 'change-roles', reach: (request) => reachOfChange(pool, bodyOf(RoleRequest, request)) } },
    },
    async (request): Promise<DoneResponse> => {
      const { deviceId, role, unitId } = bodyOf(RoleRequest, request)
      const { communityId } = request.device
      await transaction(pool, async (client) => {
        await changeRole(client, communityId, deviceId, role, unitId)
        await addToTrail(client, communityId, [noted(request, { what: 'role-changed', about: deviceId, detail: { role, unit: unitId } })])
        await tellKeys(client, communityId)
      })
      return done()
    },
  )

  app.post(
    PATHS.wiped,
    { config: { admission: { by: 'device', right: 'record', switchedOff: true } } },
    async ({ device }): Promise<DoneResponse> => {
      await transaction(pool, async (client) => {
        await markWiped(client, device)
        await addToTrail(client, device.communityId, [{ actor: device.id, what: 'device-wiped', about: device.id }])
      })
      return done()
    },
  )
}

const reachOf = ({ unitId, role }: InviteRequest): Reach => ({ unitIds: [unitId], roles: [role] })

/** A device that is not here reaches nowhere: answered as one outside. */
async function reachOfDevice(pool: Pool, { deviceId }: { readonly deviceId: string }): Promise<Reach> {
  const target = await deviceById(pool, deviceId)
  return target ? { unitIds: [target.unitId], roles: [target.role] } : { unitIds: [''] }
}

async function reachOfChange(pool: Pool, change: RoleRequest): Promise<Reach> {
  const { unitIds, roles = [] } = await reachOfDevice(pool, change)
  return { unitIds: [...unitIds, change.unitId], roles: [...roles, change.role] }
}
