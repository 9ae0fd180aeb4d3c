import type { DeviceId, PostId } from '../../../domain/ids'
import type { Operation, OperationKind } from '../../../domain/operation'
import { err, ok, type Result } from '../../../domain/result'
import { type Day, occurredTime } from '../../../domain/time'
import { operationsOfDay } from '../../../storage/facts'
import type { MergedDay } from '../../../storage/merged-days'
import { type DayFileError, dayFile, openDayFile } from '../../../vault/day-file'
import { readAs } from '../../../wire/read'
import { DayGivenSchema } from '../../../wire/sync'
import type { Services } from '../../services'

/** What a report reads; of a tip, a roster or a card the other phone learns nothing. */
const GIVEN: ReadonlySet<OperationKind> = new Set([
  'check-in',
  'count',
  'turned-back',
  'retest',
  'walk-off',
  'void',
  'amend',
  'arrival',
  'incident-step',
  'request',
  'attendance',
  'hand-over',
])

export interface GivenDay {
  readonly file: File
  readonly records: number
}

/** This phone's day, signed, and sealed to the phone whose receive key it is. */
export async function giveDay(services: Services, day: Day, receiveKey: string): Promise<Result<GivenDay, 'cannot-seal' | 'empty'>> {
  const { db, codec, identity, post, keys, now } = services
  const { community, deviceId } = identity.value
  const operations = (await operationsOfDay(db, codec, day)).filter(({ kind }) => GIVEN.has(kind))
  if (operations.length === 0) return err('empty')
  const name = [post.value.name, deviceId.slice(0, 4)].join(' ')
  const content = { communityId: community.id, day, name, postId: post.value.id, madeAt: now(), operations }
  const sealed = await dayFile(keys, receiveKey, content)
  if (!sealed.ok) return err('cannot-seal')
  const plain = [community.name, day.replaceAll('-', ''), post.value.name, deviceId.slice(0, 4)].map((part) =>
    part.replace(/[^\p{L}\p{N}-]+/gu, ''),
  )
  return ok({
    file: new File([sealed.value], `${plain.join('_')}.gatepost`, { type: 'application/octet-stream' }),
    records: operations.length,
  })
}

export type TakeError = DayFileError | { readonly kind: 'other-community' } | { readonly kind: 'own' }

export interface TakenDay {
  readonly merged: MergedDay
  /** The first and the last record's time, ms. */
  readonly from: number
  readonly to: number
  /** The community's list of phones names the one that signed it. */
  readonly isKnown: boolean
}

/** What another phone's file holds; nothing is kept yet. */
export async function readDay({ keys, identity, kept }: Services, bytes: Uint8Array<ArrayBuffer>): Promise<Result<TakenDay, TakeError>> {
  const opened = await openDayFile(keys.receive, bytes)
  if (!opened.ok) return opened
  const read = readAs(DayGivenSchema, opened.value.content)
  if (!read.ok) return err({ kind: 'newer' })
  const { communityId, day, name, postId, madeAt } = read.value
  if (communityId !== identity.value.community.id) return err({ kind: 'other-community' })
  // The signature names the phone.
  const deviceId = opened.value.deviceId as DeviceId
  if (deviceId === identity.value.deviceId) return err({ kind: 'own' })
  const operations: readonly Operation[] = read.value.operations
  const times = operations.map(occurredTime)
  return ok({
    merged: { day: day as Day, deviceId, name, postId: postId as PostId, madeAt, operations },
    from: Math.min(...times),
    to: Math.max(...times),
    isKnown: kept.values.phones.value.some((phone) => phone.deviceId === deviceId),
  })
}
