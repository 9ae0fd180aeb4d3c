import { effect } from '@preact/signals'
import { may } from '../../domain/role'
import { DevicesResponse } from '../../wire/desk'
import { PATHS } from '../../wire/protocol'
import type { Services } from '../services'

const EVERY = 15 * 60_000 // ms; who stands where changes by the hour, not by the record

/** Asks the server which other phones stand at these posts, and keeps its answer: a report says which of them are not merged, offline too. False: it did not tell. */
export async function fetchPhones({ identity, ask, keep }: Services): Promise<boolean> {
  const { role, state, deviceId } = identity.value
  if (state !== 'active' || !may(role, 'see-devices')) return false
  const answer = await ask(DevicesResponse, PATHS.devices)
  if (!answer.ok) return false
  // Who sits at a desk stands at no post, and is never merged.
  const others = answer.value.devices.filter(
    ({ id, role: its, revokedAt, wipedAt }) => id !== deviceId && its !== 'admin' && !revokedAt && !wipedAt,
  )
  const phones = others.map(({ id, name, unitId, lastSeenAt }) => ({
    // The server's ids are device ids.
    deviceId: id as typeof deviceId,
    name: [name, id.slice(0, 4)].filter(Boolean).join(' '),
    unitId,
    ...(lastSeenAt ? { lastSeen: Date.parse(lastSeenAt) } : {}),
  }))
  return (await keep('phones', phones)).ok
}

/** Keeps the list up to date behind each upload: when a report is made, there may be no network any more. */
export function keepPhonesKnown(services: Services): void {
  let askedAt = Number.NEGATIVE_INFINITY
  effect(() => {
    const { at, problem, lastConfirmedAt } = services.status.value
    if (at !== 'idle' || problem || lastConfirmedAt === undefined || lastConfirmedAt - askedAt < EVERY) return
    askedAt = lastConfirmedAt
    void fetchPhones(services).then((told) => {
      if (!told) askedAt = Number.NEGATIVE_INFINITY
    })
  })
}
