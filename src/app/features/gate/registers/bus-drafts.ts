import type { Site } from '../../../../domain/reading'
import { isOpenMatter, stepAfter } from '../../../../domain/retest'
import type { Rules } from '../../../../domain/rules/rules'
import type { Day } from '../../../../domain/time'
import type { Draft } from '../../../../storage/record'
import { type BusRow, type BusValues, measuredOf } from './bus-values'

export interface BusContext {
  readonly rules: Rules
  readonly site: Site
  readonly today: Day
}

/** The arrival and the passage of each who came with a bus; only for values without errors. One at the threshold waits like anybody else. */
export function busDrafts(values: BusValues, context: BusContext): Draft[] {
  return values.rows.flatMap((row) => draftsOf(values, row, context))
}

function draftsOf(values: BusValues, row: BusRow, { rules, site, today }: BusContext): Draft[] {
  const { name } = row
  const registered = row.registered ?? values.registered
  const keyArea = row.keyArea ?? values.keyArea
  const measured = measuredOf(row, values, rules, site)
  if (registered === undefined || keyArea === undefined || !measured) throw new Error('busDrafts: the form has errors')
  const [origin, number, employer] = [values.origin.trim(), values.number.trim(), values.employer.trim()]
  const opens = 'celsius' in measured && isOpenMatter(stepAfter([measured], rules))
  return [
    {
      operation: {
        kind: 'arrival',
        name,
        origin,
        arrivedOn: today,
        means: 'coach',
        ...(number ? { meansNumber: number } : {}),
        ...(employer ? { address: { building: '', unit: '', room: employer } } : {}),
        platform: registered ? 'registered' : 'not-registered',
        keyArea,
        // Whoever was measured stood here.
        metInPerson: !('reason' in measured),
        source: 'post',
      },
    },
    {
      operation: { kind: 'check-in', subject: { kind: 'written', name }, direction: 'in', measured, way: 'written', rules: rules.version },
      ...(opens ? { wait: 'opens' as const } : {}),
    },
  ]
}
