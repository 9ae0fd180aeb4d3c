import { useEffect, useRef, useState } from 'preact/hooks'
import type { Format } from '../../../reports/file-name'
import type { SheetOrder } from '../../../reports/sheet'
import { language } from '../../i18n/translate'
import type { DayQuestion } from '../../reporting/day-source'
import type { ReportJob } from '../../reporting/report-messages'
import { type Made, type Progress, type ReportError, report } from '../../reporting/reporter'
import { type Services, useServices } from '../../services'

export type Making =
  | { readonly at: 'making'; readonly progress?: Progress }
  | { readonly at: 'failed'; readonly error: ReportError }
  | { readonly at: 'made'; readonly made: Made }

/** What a job of the report's worker needs of an unlocked phone. */
export function jobOf(services: Services, question: DayQuestion, order: SheetOrder, as: Format | 'sheet'): ReportJob {
  return {
    dataKey: services.dataKey,
    language: language.value === 'en' ? 'en' : 'zh-CN',
    rosterHidden: services.rosterState.value === 'hidden',
    question,
    order,
    as,
  }
}

/** A report as a page shows it, made anew when another one is asked for, or something was recorded. `name`: equal for equal questions. */
export function useSheet(name: string, question: DayQuestion, order: Omit<SheetOrder, 'madeBy' | 'madeAt'>): Making {
  const services = useServices()
  const { counters, kept, identity, now, preferences } = services
  const [making, setMaking] = useState<Making>({ at: 'making' })
  const { lastSeq, waiting, rejected } = counters.value
  const phones = kept.values.phones.value
  const asked = useRef({ question, order })
  asked.current = { question, order }

  useEffect(() => {
    const cancel = new AbortController()
    const whole = { ...asked.current.order, madeBy: preferences.value.operator, madeAt: now() }
    const job = jobOf(services, asked.current.question, whole, 'sheet')
    void report(job, cancel.signal, (progress) => setMaking({ at: 'making', progress })).then((made) => {
      if (cancel.signal.aborted) return
      setMaking(made.ok ? { at: 'made', made: made.value } : { at: 'failed', error: made.error })
    })
    return () => cancel.abort()
  }, [services, name, identity.value, lastSeq, waiting, rejected, phones, now, preferences])

  return making
}
