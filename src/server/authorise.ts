import type { FastifyRequest } from 'fastify'
import type { Pool } from 'pg'
import { type Device, deviceBySecret } from './database/devices'
import { ProblemError } from './problem-error'

const BEARER = /^Bearer ([0-9a-f-]{36})\.([A-Za-z0-9_-]{43})$/

/** Whose request it is. The one place that knows how a device proves itself. */
export async function authorise(pool: Pool, request: FastifyRequest): Promise<Device> {
  const [, deviceId, secret] = BEARER.exec(request.headers.authorization ?? '') ?? []
  const device = deviceId && secret ? await deviceBySecret(pool, deviceId, secret) : undefined
  if (!device) throw new ProblemError(401, 'unauthorised')
  if (device.revoked) throw new ProblemError(403, 'device-revoked')
  return device
}
