import { shiftToSign } from '../../../domain/community'
import type { Direction, Unstamped } from '../../../domain/operation'
import type { Attendance } from '../../../domain/post-operations'
import type { VolunteerKind } from '../../../domain/shift'
import { minuteOfDay } from '../../../domain/time'
import type { Services } from '../../services'

/** 签到, 签退, for the shift that it is of: who comes ten minutes early stands in the one that begins. */
export function signing({ now, identity, kept }: Services, name: string, as: VolunteerKind, direction: Direction): Unstamped<Attendance> {
  const minute = minuteOfDay(now(), -new Date().getTimezoneOffset())
  const shift = shiftToSign(direction, minute, identity.value.community.shifts, kept.values.shift.value?.name || undefined)
  return { kind: 'attendance', name, as, direction, ...(shift ? { shift } : {}) }
}
