import { type HouseholdId, type OperationKey, type PostId, type ResidentId, uuidV7 } from '../../src/domain/ids'
import type { CheckIn, Unstamped } from '../../src/domain/operation'
import type { Reading } from '../../src/domain/reading'
import type { Draft, RecordContext } from '../../src/storage/record'

/** 2020-02-18T07:31+08:00. */
export const MORNING = Date.parse('2020-02-18T07:31:00+08:00')
export const POST = 'post-south-gate' as PostId

export function aKey(now = MORNING): OperationKey {
  return uuidV7(now, crypto.getRandomValues(new Uint8Array(10)))
}

export function aReading(celsius = 36.5, part: Partial<Reading> = {}): Reading {
  return { celsius, site: 'forehead', attempt: 1, ...part }
}

/** A resident's passage as the gate hands it to storage. */
export function aCheckInDraft(part: Partial<Extract<Unstamped, { kind: 'check-in' }>> & { wait?: Draft['wait'] } = {}): Draft {
  const { wait, ...operation } = part
  return {
    operation: {
      kind: 'check-in',
      subject: { kind: 'resident', residentId: 'r-1' as ResidentId, householdId: 'h-1' as HouseholdId },
      direction: 'in',
      measured: aReading(),
      way: 'card',
      rules: 'base-1',
      ...operation,
    },
    ...(wait ? { wait } : {}),
  }
}

/** No device gives a number twice. */
let lastSeq = 0

/** A whole operation, as the server receives it. */
export function aCheckIn(part: Partial<CheckIn> = {}): CheckIn {
  return {
    kind: 'check-in',
    key: aKey(),
    seq: ++lastSeq,
    deviceTime: '2020-02-18T07:31:00.000+08:00',
    clockOffset: 0,
    postId: POST,
    operator: '王志愿',
    subject: { kind: 'resident', residentId: 'r-1' as ResidentId, householdId: 'h-1' as HouseholdId },
    direction: 'in',
    measured: aReading(),
    way: 'card',
    rules: 'base-1',
    ...part,
  }
}

export function aContext(part: Partial<RecordContext> = {}): RecordContext {
  const deviceNow = part.deviceNow ?? MORNING
  return { deviceNow, offsetMinutes: 480, clockOffset: 0, postId: POST, operator: '王志愿', randomKey: () => aKey(deviceNow), ...part }
}

/** What a call that must not fail gave. */
export function valueIn<T>(result: { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: unknown }): T {
  if (!result.ok) throw new Error(`expected a value, got ${JSON.stringify(result.error)}`)
  return result.value
}

export const first = <T>(list: readonly T[]): T => {
  const [item] = list
  if (item === undefined) throw new Error('expected at least one')
  return item
}
