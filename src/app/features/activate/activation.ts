import { ok, type Result } from '../../../domain/result'
import { type StorageError, storageError } from '../../../storage/storage-error'
import { type ActivationError, activate, phoneKeys } from '../../../sync/enrol'
import { createServerApi } from '../../../sync/server-api'
import { start } from '../../boot'
import type { Services } from '../../services'
import { phoneName } from './browser-kind'

export type ActivationProblem = ActivationError | StorageError

/** Activates a new phone and goes on to its check. */
export async function activatePhone(code: string): Promise<Result<void, ActivationProblem>> {
  const activated = await spend(code, undefined)
  if (!activated.ok) return activated
  // The code leaves the address with it: nobody can copy it from there.
  history.replaceState(null, '', '/check?new')
  await start()
  return ok(undefined)
}

/** Joins a local post to the server of its own origin; its records go up from there on. `leave` goes on to another page. */
export async function joinPost(code: string, services: Services, leave: () => void): Promise<Result<void, ActivationProblem>> {
  const joined = await spend(code, services)
  if (!joined.ok) return joined
  leave()
  await services.join(joined.value)
  return ok(undefined)
}

async function spend(code: string, services: Services | undefined) {
  const clock = () => Date.now()
  const local = services?.identity.value
  try {
    const phone = await phoneKeys()
    const credentials = { ...phone, clockOffset: () => services?.clock.value.offset ?? 0 }
    const api = createServerApi(fetch.bind(globalThis), location.origin, credentials, clock)
    return await activate({ api, phone, code, phoneName: phoneName(navigator.userAgent), clock, ...(local ? { local } : {}) })
  } catch (cause) {
    // Without a place to keep its keys the phone must not ask: the answer would be lost.
    return { ok: false, error: storageError(cause) } as const
  }
}
