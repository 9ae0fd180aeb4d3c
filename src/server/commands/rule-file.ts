import { readFileSync } from 'node:fs'
import * as v from 'valibot'
import { type Bands, SITES } from '../../domain/reading'
import type { RuleSet } from '../../domain/rules/rule-set'
import { readAs } from '../../wire/read'
import { RuleSetSchema } from '../../wire/rules'
import { PlainError } from '../plain-error'

const INSTANT = /^(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}(:\d{2}(\.\d+)?)?([+-]\d{2}:\d{2}|Z)$/
/** An instant as a person writes it: without an offset it would be the server's zone, and of 30 February the 1st of March. */
export const Instant = v.pipe(v.string(), v.check(isInstant, 'an instant with its offset, of a day that is, 2020-02-18T00:02:00+08:00'))

function isInstant(text: string): boolean {
  const [, day = ''] = INSTANT.exec(text) ?? []
  const midnight = Date.parse(`${day}T00:00:00Z`)
  return !Number.isNaN(Date.parse(text)) && !Number.isNaN(midnight) && new Date(midnight).toISOString().startsWith(day)
}

const { scope, parameters, ...entries } = RuleSetSchema.entries
/** °C: outside of these nobody is measured, and 373 is no threshold. */
const COLDEST = 30
const HOTTEST = 45
const rise = ({ least, tooLowBelow, threshold, most }: Bands) =>
  COLDEST <= least && least < tooLowBelow && tooLowBelow <= threshold && threshold <= most && most <= HOTTEST

const Parameters = v.pipe(
  // A mistyped name would be passed over in silence, as phones must pass over what is newer than they are.
  v.strictObject(parameters.entries),
  v.forward(
    v.check(
      ({ bands }) => bands === undefined || SITES.every((site) => rise(bands[site])),
      `bands must rise from least over tooLowBelow and threshold to most, within ${COLDEST} and ${HOTTEST} °C`,
    ),
    ['bands'],
  ),
)
const Scope = v.pipe(
  v.variant(
    'level',
    scope.options.map((option) => v.strictObject(option.entries)),
  ),
  v.check(
    (written) => written.level !== 'management' || 'management' in written || 'enclosed' in written,
    'a scope of level management names management, enclosed, or both',
  ),
)
/** What is published is never changed: a file is read more strictly than what comes over the wire. */
const WrittenRuleSet = v.pipe(
  v.strictObject({ ...entries, scope: Scope, parameters: Parameters, effectiveFrom: Instant, effectiveUntil: v.exactOptional(Instant) }),
  v.forward(
    v.check(
      ({ effectiveFrom, effectiveUntil }) => effectiveUntil === undefined || Date.parse(effectiveFrom) < Date.parse(effectiveUntil),
      'effectiveUntil must be after effectiveFrom',
    ),
    ['effectiveUntil'],
  ),
)

/** A JSON file with a list of rule sets; which of them cannot be read, and where, is told in one line. */
export function readRuleSets(file: string): readonly RuleSet[] {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch {
    throw new PlainError(`${file} cannot be read.`)
  }
  let body: unknown
  try {
    body = JSON.parse(text)
  } catch (cause) {
    throw new PlainError(`${file} is not JSON: ${cause instanceof Error ? cause.message : cause}`)
  }
  const read = readAs(v.pipe(v.array(WrittenRuleSet), v.minLength(1)), body)
  if (!read.ok) throw new PlainError(`${file}: ${read.error.pointer || '/'}: ${read.error.message}`)
  const ids = read.value.map(({ id }) => id)
  const twice = ids.find((id, i) => ids.indexOf(id) !== i)
  if (twice) throw new PlainError(`${file}: the id ${twice} stands there twice.`)
  // Read by the wire's own entries, of which a list of options keeps no types.
  return read.value as unknown as readonly RuleSet[]
}
