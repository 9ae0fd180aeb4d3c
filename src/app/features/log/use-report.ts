import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import type { Format } from '../../../reports/file-name'
import type { SheetOrder } from '../../../reports/sheet'
import { language } from '../../i18n/translate'
import type { DayQuestion } from '../../reporting/day-source'
import type { ReportJob } from '../../reporting/report-messages'
import { createReporter, type Made, type Progress, type Reporter } from '../../reporting/reporter'
import { type Services, useServices } from '../../services'

export type Making =
  | { readonly at: 'making'; readonly progress?: Progress; readonly cancel: () => void }
  | { readonly at: 'cancelled'; readonly again: () => void }
  | { readonly at: 'failed'; readonly again: () => void }
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

/** What a page shows of a report, made anew when another one is asked for, or something was recorded; what is under way for the one before is given up. */
export function useReport(reporter: Reporter, asked: Asked, as: Exclude<ReportJob['as'], Format>): Making {
  const { version } = jobOf(useServices(), asked, as)
  return useReportOf(reporter, asked, as, version)
}

/** The same of the records as they were when the page was opened: what is on its way to paper does not change. */
export function useReportOnce(reporter: Reporter, asked: Asked, as: Exclude<ReportJob['as'], Format>): Making {
  const services = useServices()
  const [version] = useState(() => jobOf(services, asked, as).version)
  return useReportOf(reporter, asked, as, version)
}

function useReportOf(reporter: Reporter, asked: Asked, as: Exclude<ReportJob['as'], Format>, version: string): Making {
  const services = useServices()
  const name = JSON.stringify([asked.question, asked.order, as])
  const [turn, setTurn] = useState(0)
  const [making, setMaking] = useState<{ readonly name: string; readonly state: Making }>()
  const newest = useRef(asked)
  newest.current = asked

  useEffect(() => {
    let current = true
    const control = new AbortController()
    const cancel = () => control.abort()
    const again = () => setTurn((before) => before + 1)
    const say = (state: Making) => current && setMaking({ name, state })
    const onProgress = (progress?: Progress) => {
      const state = { at: 'making', cancel, ...(progress ? { progress } : {}) } as const
      // What is shown stays until the newer one is there.
      if (current) setMaking((before) => (before?.name === name && before.state.at === 'made' ? before : { name, state }))
    }
    onProgress()
    void reporter.run({ ...jobOf(services, newest.current, as), version }, control.signal, onProgress).then((made) => {
      if (made.ok) say({ at: 'made', made: made.value })
      else say({ at: made.error.kind === 'cancelled' ? 'cancelled' : 'failed', again })
    })
    return () => {
      current = false
      cancel()
    }
  }, [reporter, services, name, version, as, turn])

  // Another question's answer is not shown under this one.
  return making?.name === name ? making.state : { at: 'making', cancel: () => undefined }
}
