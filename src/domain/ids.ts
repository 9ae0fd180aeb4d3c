import type { Branded } from './brand'

export type CommunityId = Branded<string, 'CommunityId'>
export type CompoundId = Branded<string, 'CompoundId'>
export type PostId = Branded<string, 'PostId'>
export type HouseholdId = Branded<string, 'HouseholdId'>
export type ResidentId = Branded<string, 'ResidentId'>
export type CardId = Branded<string, 'CardId'>
export type DeviceId = Branded<string, 'DeviceId'>
/** The UUIDv7 of an operation, made once, on the phone. */
export type OperationKey = Branded<string, 'OperationKey'>

const UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/
const MAX_UUID_TIME = 2 ** 48 - 1

export function isOperationKey(text: string): text is OperationKey {
  return UUID_V7.test(text)
}

/** A UUIDv7 (RFC 9562) from milliseconds since 1970 and 10 random bytes. A clock before 1970 counts as 1970. */
export function uuidV7(now: number, random: Uint8Array): OperationKey {
  if (random.length !== 10) throw new Error('uuidV7: needs exactly 10 random bytes')
  const time = Math.min(Math.max(Math.trunc(now), 0), MAX_UUID_TIME)
  const bytes = new Uint8Array(16)
  for (let i = 0; i < 6; i++) bytes[i] = Math.floor(time / 256 ** (5 - i)) % 256
  bytes.set(random, 6)
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x70
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  const at = [0, 8, 12, 16, 20, 32]
  return at
    .slice(1)
    .map((end, i) => hex.slice(at[i], end))
    .join('-') as OperationKey
}

/** Milliseconds since 1970 that a UUIDv7 carries. */
export function timeOfKey(key: OperationKey): number {
  return Number.parseInt(key.slice(0, 8) + key.slice(9, 13), 16)
}
