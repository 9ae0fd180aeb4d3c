import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import type { Format } from '../../../reports/file-name'
import type { SheetOrder } from '../../../reports/sheet'
import { language } from '../../i18n/translate'
import type { DayQuestion } from '../../reporting/day-source'
import type { ReportJob } from '../../reporting/report-messages'
import { createReporter, type Made, type ReportError, type Reporter } from '../../reporting/reporter'
import { type Services, useServices } from '../../services'

export type Making =
  | { readonly at: 'making' }
  | { readonly at: 'failed'; readonly error: ReportError }
  | { readonly at: 'made'; readonly made: Made }

/** What a person asked for; who makes it, and when, is known when it is made. */
export interface Asked {
  readonly question: DayQuestion
  readonly order: Omit<SheetOrder, 'madeBy' | 'madeAt'>
}

/** A worker for as long as the screen is there. */
export function useReporter(): Reporter {
  const reporter = useMemo(createReporter, [])
  useEffect(() => () => reporter.close(), [reporter])
  return reporter
}

/** What the report's worker needs of an unlocked phone. */
export function jobOf(
  { dataKey, rosterState, counters, kept, preferences, now }: Services,
  { question, order }: Asked,
  as: ReportJob['as'],
): ReportJob {
  const { lastSeq, waiting, rejected } = counters.value
  return {
    dataKey,
    language: language.value === 'en' ? 'en' : 'zh-CN',
    rosterHidden: rosterState.value === 'hidden',
    question,
    order: { ...order, madeBy: preferences.value.operator, madeAt: now() },
    as,
    version: [lastSeq, waiting, rejected, kept.values.phones.value.length].join(),
  }
}

/** What a page shows of a report, made anew when another one is asked for, or something was recorded. */
export function useReport(reporter: Reporter, asked: Asked, as: Exclude<ReportJob['as'], Format>): Making {
  const services = useServices()
  const name = JSON.stringify([asked.question, asked.order])
  const [making, setMaking] = useState<{ readonly name: string; readonly state: Making }>({ name, state: { at: 'making' } })
  const newest = useRef(asked)
  newest.current = asked
  const { version } = jobOf(services, asked, as)

  useEffect(() => {
    let current = true
    const never = new AbortController()
    void reporter.run(jobOf(services, newest.current, as), never.signal).then((made) => {
      if (current) setMaking({ name, state: made.ok ? { at: 'made', made: made.value } : { at: 'failed', error: made.error } })
    })
    return () => {
      current = false
    }
  }, [reporter, services, name, version, as])

  // Another question's answer is not shown under this one.
  return making.name === name ? making.state : { at: 'making' }
}
