import { isFullReport } from '../../../domain/report'
import { t } from '../../i18n/translate'
import type { Reporter } from '../../reporting/reporter'
import { Making } from './making'
import { type Asked, useReport } from './use-report'

/** What the file will say, before it is made: its totals, what is missing, and a way to print it. */
export function Preview({ asked, printed, reporter }: { readonly asked: Asked; readonly printed: string; readonly reporter: Reporter }) {
  const making = useReport(reporter, asked, 'summary')
  if (making.at !== 'made') return <Making making={making} lines={3} />
  if (making.made.at !== 'summary') return null
  const { about, totals } = making.made.summary
  const [span, ...said] = about
  const shown = totals.filter(({ name }) => TOTALS.includes(name))
  return (
    <section class="hand-in-preview" aria-label={t('log.preview')}>
      <p class="hand-in-span">{span}</p>
      {said.map((line) => (
        <p key={line}>{line}</p>
      ))}
      {shown.length > 0 && (
        <dl class="log-counts">
          {shown.map(({ name, title, value }) => (
            <div key={name}>
              <dt>{title}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
      {!isFullReport(asked.order.kind) && (
        <a class="button button-plain button-wide" href={printed}>
          {t('log.print')}
        </a>
      )}
    </section>
  )
}

const TOTALS = ['in', 'out', 'measured', 'too-low', 'at-threshold', 'confirmed', 'arrivals', 'stopped', 'waiting', 'returned']
