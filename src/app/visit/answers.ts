import { parseIdentityNumber } from '../../domain/identity-number'
import { parseMobile } from '../../domain/mobile'
import type { VisitorForm } from '../../domain/registers'
import { addressTyped } from '../../domain/unit-typed'
import { sayIn, type VisitWord } from './words'

export const REASONS = ['family', 'delivery', 'repair', 'housekeeping', 'business', 'other'] as const

/** What stands in the form, as typed. */
export interface Answers {
  readonly name: string
  readonly phone: string
  readonly unit: string
  readonly idNumber: string
  readonly reason?: (typeof REASONS)[number]
  readonly keyArea?: boolean
}
export const NOTHING: Answers = { name: '', phone: '', unit: '', idNumber: '' }

/** By question, what to say beside it: a key, so that it changes with the language. */
export type Wrong = Partial<Record<'name' | 'phone' | 'idNumber' | 'keyArea', VisitWord>>

export function wrongIn({ name, phone, idNumber, keyArea }: Answers): Wrong {
  return {
    ...(name.trim() === '' ? { name: 'visit.name-missing' } : {}),
    ...(phone.trim() !== '' && !parseMobile(phone).ok ? { phone: 'visit.phone-wrong' } : {}),
    ...(idNumber.trim() !== '' && !parseIdentityNumber(idNumber).ok ? { idNumber: 'visit.id-wrong' } : {}),
    ...(keyArea === undefined ? { keyArea: 'visit.answer-missing' } : {}),
  }
}

// The reason is said in the post's words, whatever language the visitor reads: the gate looks it up among its own.
const postSays = sayIn('zh-CN')

export function formOf({ name, phone, unit, idNumber, reason, keyArea }: Answers): VisitorForm {
  const mobile = parseMobile(phone)
  const identity = parseIdentityNumber(idNumber)
  const address = addressTyped(unit)
  return {
    name: name.trim(),
    ...(mobile.ok ? { phone: mobile.value } : {}),
    ...(identity.ok ? { idNumber: identity.value } : {}),
    ...(reason ? { reason: postSays(`visit.reason-${reason}`) } : {}),
    ...(keyArea === undefined ? {} : { keyArea }),
    ...(address ? { address } : {}),
  }
}
