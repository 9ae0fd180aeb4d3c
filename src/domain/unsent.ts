import type { DayLog } from './day-log'
import type { OperationKey } from './ids'
import type { ReportKind, ReportSource, Unsent } from './report'

/** What of these rows is not on the server: counted by rows, voided ones too, because what is not there is never hidden. */
export function unsentOf(keys: readonly OperationKey[], { uploads }: Pick<ReportSource, 'uploads'>): Unsent {
  const states = keys.map((key) => uploads.get(key))
  return {
    waiting: states.filter((state) => state === 'waiting').length,
    returned: states.filter((state) => state === 'rejected').length,
  }
}

/** The same of what this phone holds and the report has no row for. */
export function unsentBeside(kind: ReportKind, source: ReportSource): Unsent {
  const own = new Set(keysOf(kind, source.log))
  const others = unsentOf(
    [...source.uploads.keys()].filter((key) => !own.has(key)),
    source,
  )
  const { waiting, returned } = source.unsentElsewhere
  return { waiting: others.waiting + waiting, returned: others.returned + returned }
}

/** The records that a report's rows are written from. */
export function keysOf(kind: ReportKind, log: DayLog): OperationKey[] {
  const registers = [...log.passages, ...log.counts, ...log.turnedBack, ...log.arrivals, ...log.requests]
  switch (kind) {
    case 'daily':
      return [...registers, ...log.attendance, ...log.handOvers].map(({ key }) => key)
    case 'ledger-masked':
    case 'ledger-full':
      return registers.map(({ key }) => key)
    case 'incidents':
    case 'incidents-full':
      return log.incidents.map(({ key }) => key)
    case 'hand-over':
      return log.handOvers.map(({ key }) => key)
    default:
      return kind satisfies never
  }
}
