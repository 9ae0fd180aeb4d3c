import { shiftSpan } from '../../../domain/community'
import type { DeviceId, PostId } from '../../../domain/ids'
import type { Operation, OperationKind } from '../../../domain/operation'
import { err, ok, type Result } from '../../../domain/result'
import { type Day, dayOf, occurredTime } from '../../../domain/time'
import { readCounters } from '../../../storage/counters'
import { daysKept, operationsOfDay } from '../../../storage/facts'
import type { MergedDay } from '../../../storage/merged-days'
import { uploadStates } from '../../../storage/outbox'
import { type DayFileError, dayFile, openDayFile } from '../../../vault/day-file'
import { dayBytes, dayText } from '../../../vault/day-text'
import { readAs } from '../../../wire/read'
import { DayGivenSchema } from '../../../wire/sync'
import { t } from '../../i18n/translate'
import { phoneName } from '../../reporting/phone-name'
import type { Services } from '../../services'
import type { MadeFile } from './hand-over-file'

const DAY = 86_400_000
const NEVER_GONE = 2 // days; a phone keeps its records for longer, so that a day without any is a day without any

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

/** This phone's day, and the days that a night shift joins to it, signed, and sealed to the phone whose receive key it is. */
export async function giveDay(services: Services, day: Day, receiveKey: string): Promise<Result<MadeFile, 'cannot-seal' | 'empty'>> {
  const { db, codec, identity, keys, now } = services
  const { community, postId } = identity.value
  const madeAt = now()
  const { lastSeq } = await readCounters(db)
  const states = await uploadStates(db)
  const days = await Promise.all(
    (await daysToGive(services, day, madeAt)).map(async (each) => {
      const operations = (await operationsOfDay(db, codec, each)).filter(({ kind }) => GIVEN.has(kind))
      const uploads = operations.flatMap(({ key }) => {
        const state = states.get(key)
        return state ? [{ key, state }] : []
      })
      return { day: each, operations, uploads }
    }),
  )
  const records = days.reduce((sum, { operations }) => sum + operations.length, 0)
  if (records === 0) return err('empty')
  const name = phoneName(identity.value)
  const content = { communityId: community.id, name, postId, madeAt, lastSeq, days }
  const sealed = await dayFile(keys, receiveKey, content)
  if (!sealed.ok) return err('cannot-seal')
  const plain = [community.name, day.replaceAll('-', ''), ...name.split(' '), t('exchange.file-name')].map((part) =>
    part.replace(/[^\p{L}\p{N}_-]+/gu, ''),
  )
  // A browser shares a text by the share sheet, and a file of a kind of our own it does not.
  const file = new File([dayText(sealed.value, t('exchange.file-says'))], `${plain.join('_')}.txt`, { type: 'text/plain' })
  return ok({ name: day, file, count: records })
}

/** The day, and its neighbours where a shift crosses a midnight in between. */
async function daysToGive({ db, identity }: Services, day: Day, now: number): Promise<Day[]> {
  const noon = Date.parse(`${day}T12:00:00Z`)
  const neighbour = (days: number) => dayOf(noon + days * DAY, 0)
  const zone = -new Date().getTimezoneOffset()
  const isNight = identity.value.community.shifts.some((shift) => {
    const { from, to } = shiftSpan(day, shift, zone)
    return dayOf(from, zone) !== dayOf(to - 1, zone)
  })
  if (!isNight) return [day]
  const kept = new Set<string>(await daysKept(db))
  const today = dayOf(now, zone)
  const isWholeHere = (each: Day) => kept.has(each) || (each <= today && each > dayOf(now - NEVER_GONE * DAY, zone))
  return [neighbour(-1), day, neighbour(1)].filter((each) => each === day || isWholeHere(each))
}

export type TakeError = DayFileError | { readonly kind: 'other-community' } | { readonly kind: 'own' }

export interface TakenDay {
  readonly name: string
  readonly deviceId: DeviceId
  readonly madeAt: number
  /** In their order. */
  readonly days: readonly MergedDay[]
  readonly records: number
  /** The first and the last record's time, ms. */
  readonly from: number
  readonly to: number
  /** The community's list of phones names the one that signed it. */
  readonly isKnown: boolean
}

/** What another phone's file holds; nothing is kept yet. */
export async function readDay({ keys, identity, kept }: Services, bytes: Uint8Array<ArrayBuffer>): Promise<Result<TakenDay, TakeError>> {
  const opened = await openDayFile(keys.receive, dayBytes(bytes))
  if (!opened.ok) return opened
  const read = readAs(DayGivenSchema, opened.value.content)
  if (!read.ok) return err({ kind: 'newer' })
  const { communityId, name, postId, madeAt, lastSeq } = read.value
  if (communityId !== identity.value.community.id) return err({ kind: 'other-community' })
  // The signature names the phone.
  const deviceId = opened.value.deviceId as DeviceId
  if (deviceId === identity.value.deviceId) return err({ kind: 'own' })
  const days = read.value.days.map(({ day, operations, uploads }): MergedDay => {
    const whole: readonly Operation[] = operations
    return { day: day as Day, deviceId, name, postId: postId as PostId, madeAt, lastSeq, operations: whole, uploads }
  })
  const times = days.flatMap(({ operations }) => operations.map(occurredTime))
  return ok({
    name,
    deviceId,
    madeAt,
    days,
    records: times.length,
    from: Math.min(madeAt, ...times),
    to: Math.max(...times),
    isKnown: kept.values.phones.value.some((phone) => phone.deviceId === deviceId),
  })
}
