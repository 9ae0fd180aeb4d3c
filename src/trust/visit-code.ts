import { OWN_PREFIXES, scannedText } from '../domain/recognisers'
import type { VisitorForm } from '../domain/registers'
import type { UnitAddress } from '../domain/roster'
import { fromBase45, toBase45 } from './base45'

/** What a visitor's own phone shows to the gate: the form's answers, nothing else, and nothing of it goes over a network. */
const PREFIX = OWN_PREFIXES.visit
const LONGEST = 60 // characters of one answer

/** The answers as a code's text: alphanumeric, so that it stays small. */
export function visitCodeText({ name, phone, idNumber, reason, keyArea, address }: VisitorForm): string {
  const unit = address ? [address.building, address.unit, address.room] : []
  const answers = [name, phone ?? '', idNumber ?? '', reason ?? '', keyArea === undefined ? '' : keyArea ? 1 : 0, ...unit]
  return PREFIX + toBase45(new TextEncoder().encode(JSON.stringify(answers)))
}

/** Undefined: not such a code. What it says is only said: it is shown to the volunteer before anything is kept. */
export function readVisitCode(scanned: string): VisitorForm | undefined {
  const text = scannedText(scanned)
  if (!text.startsWith(PREFIX)) return undefined
  const bytes = fromBase45(text.slice(PREFIX.length))
  if (!bytes.ok) return undefined
  const answers = answersIn(bytes.value)
  if (!answers) return undefined
  const [name, phone, idNumber, reason, keyArea, building, unit, room] = answers.map((each) =>
    typeof each === 'string' ? each.slice(0, LONGEST) : each,
  )
  if (typeof name !== 'string' || name.trim() === '') return undefined
  const address: UnitAddress | undefined =
    typeof room === 'string' && room !== '' ? { building: String(building ?? ''), unit: String(unit ?? ''), room } : undefined
  return {
    name,
    ...(typeof phone === 'string' && phone ? { phone } : {}),
    ...(typeof idNumber === 'string' && idNumber ? { idNumber } : {}),
    ...(typeof reason === 'string' && reason ? { reason } : {}),
    ...(keyArea === 1 || keyArea === 0 ? { keyArea: keyArea === 1 } : {}),
    ...(address ? { address } : {}),
  }
}

function answersIn(bytes: Uint8Array): readonly unknown[] | undefined {
  try {
    const answers: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
    return Array.isArray(answers) ? answers : undefined
  } catch {
    return undefined // not text of ours
  }
}
