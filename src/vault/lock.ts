import { readReceiveKey } from '../trust/device-keys'
import { sealTo } from '../trust/envelope'
import { importPayloadKey, newKeyId, type PayloadKey } from '../trust/payload'
import type { WrappedByPlatform } from './fingerprint'
import { type Tries, type WrappedByPin, wrapByPin } from './pin'

/** How this phone is locked: one data key under what the person has or knows, and under the keys of who may give it back. */
export interface Lock {
  /** Of the data key. */
  readonly keyId: string
  /** One of these two. */
  readonly pin?: WrappedByPin
  readonly platform?: WrappedByPlatform
  readonly tries: Tries
  /** The data key sealed to leads (and to the community): by device id. */
  readonly recovery: Readonly<Record<string, Uint8Array<ArrayBuffer>>>
}

const NO_TRIES: Tries = { failures: 0, at: 0 }

export interface NewLock {
  readonly lock: Lock
  readonly dataKey: PayloadKey
  readonly raw: Uint8Array<ArrayBuffer>
}

/** Makes a data key and puts it under a PIN. */
export async function newLock(pin: string): Promise<NewLock> {
  const raw = crypto.getRandomValues(new Uint8Array(32))
  const keyId = newKeyId()
  const lock: Lock = { keyId, pin: await wrapByPin(raw, pin), tries: NO_TRIES, recovery: {} }
  return { lock, raw, dataKey: await dataKeyOf(lock, raw) }
}

/** The data key for use: what is in memory cannot be read out of it. */
export async function dataKeyOf({ keyId }: Pick<Lock, 'keyId'>, raw: Uint8Array<ArrayBuffer>): Promise<PayloadKey> {
  return { id: keyId, key: await importPayloadKey(raw) }
}

/** The same data key under another PIN. */
export async function withPin(lock: Lock, raw: Uint8Array<ArrayBuffer>, pin: string): Promise<Lock> {
  const { platform: _platform, ...rest } = lock
  return { ...rest, pin: await wrapByPin(raw, pin), tries: NO_TRIES }
}

/** The same data key under the phone's own lock alone: beside it a PIN would be the weaker door. */
export function withPlatform(lock: Lock, platform: WrappedByPlatform): Lock {
  const { pin: _pin, ...rest } = lock
  return { ...rest, platform, tries: NO_TRIES }
}

export const afterWrongTry = (lock: Lock, now: number): Lock => ({ ...lock, tries: { failures: lock.tries.failures + 1, at: now } })
export const afterRightTry = (lock: Lock): Lock => ({ ...lock, tries: NO_TRIES })

/** Seals the data key to each lead's phone, so that it can give a forgotten PIN back; who is a lead no longer is left out. */
export async function withRecovery(
  lock: Lock,
  raw: Uint8Array<ArrayBuffer>,
  leads: readonly { readonly deviceId: string; readonly receiveKey: string }[],
): Promise<Lock> {
  const sealed = await Promise.all(
    leads.map(async ({ deviceId, receiveKey }) => {
      const known = lock.recovery[deviceId]
      const key = known ? undefined : await readReceiveKey(receiveKey)
      const envelope = known ?? (key && (await sealTo(key, 'data-key', raw)))
      return envelope ? [[deviceId, envelope] as const] : []
    }),
  )
  return { ...lock, recovery: Object.fromEntries(sealed.flat()) }
}
