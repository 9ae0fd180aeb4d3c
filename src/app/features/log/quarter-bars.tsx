import type { Quarter } from '../../../domain/day-picture'
import { clockText } from '../../i18n/format'
import { t } from '../../i18n/translate'
import { CountAxis } from './count-axis'

const WIDTH = 340
const LEFT = 34 // for the counts
const HALF = 76 // of the height: in stands above the line, out below it
const HEAD = 18 // for the words above and below
const FEWEST = 16 // quarters across: one is a bar, and no wall
const LABELS = 6 // clock times that fit side by side on a small phone
const ROOM = 42 // that a clock time takes

/** In above the line, out below it, a bar for each quarter hour. */
export function QuarterBars({ quarters }: { readonly quarters: readonly Quarter[] }) {
  const most = Math.max(1, ...quarters.flatMap((quarter) => [quarter.in, quarter.out]))
  const step = (WIDTH - LEFT) / Math.max(FEWEST, quarters.length)
  const height = (count: number) => (count / most) * (HALF - HEAD - 2)
  const every = [2, 4, 8, 12, 16].find((each) => Math.max(FEWEST, quarters.length) / each <= LABELS) ?? 24
  const round = quarters.filter(({ from }) => isRound(from, every))
  const labelled = new Set(round.length > 0 ? round : quarters.slice(0, 1))
  const entries = quarters.reduce((sum, quarter) => sum + quarter.in, 0)
  const exits = quarters.reduce((sum, quarter) => sum + quarter.out, 0)
  const busiest = quarters.reduce((best, quarter) => (quarter.in + quarter.out > best.in + best.out ? quarter : best))
  const summary = t('picture.flow-summary', { entries, exits, time: clockText(busiest.from), most: busiest.in + busiest.out })
  return (
    <>
      <p>{summary}</p>
      <svg class="picture-plot" viewBox={`0 0 ${WIDTH} ${HALF * 2 + 22}`} role="img" aria-label={summary}>
        <CountAxis most={most} left={LEFT} width={WIDTH} y={(count) => HALF - height(count)} />
        <CountAxis most={most} left={LEFT} width={WIDTH} y={(count) => HALF + 1 + height(count)} />
        <text x={LEFT + 2} y={13}>
          {t('picture.in-above')}
        </text>
        <text x={LEFT + 2} y={HALF * 2 - 3}>
          {t('picture.out-below')}
        </text>
        {quarters.map((quarter, i) => {
          const x = LEFT + i * step
          return (
            <g key={quarter.from}>
              <rect class="picture-in" x={x + step * 0.1} width={step * 0.8} y={HALF - height(quarter.in)} height={height(quarter.in)} />
              <rect class="picture-out" x={x + step * 0.1} width={step * 0.8} y={HALF + 1} height={height(quarter.out)} />
              {labelled.has(quarter) && x < WIDTH - ROOM && (
                <>
                  <line class="picture-axis" x1={x} x2={x} y1={HALF * 2} y2={HALF * 2 + 4} />
                  <text x={x} y={HALF * 2 + 18}>
                    {clockText(quarter.from)}
                  </text>
                </>
              )}
            </g>
          )
        })}
        <line class="picture-axis" x1={LEFT} x2={WIDTH} y1={HALF + 0.5} y2={HALF + 0.5} />
        <line class="picture-axis" x1={LEFT} x2={WIDTH} y1={HALF * 2} y2={HALF * 2} />
      </svg>
      <details>
        <summary>{t('picture.table')}</summary>
        <table class="picture-table">
          <thead>
            <tr>
              <th scope="col">{t('picture.quarter')}</th>
              <th scope="col">{t('direction.in')}</th>
              <th scope="col">{t('direction.out')}</th>
            </tr>
          </thead>
          <tbody>
            {quarters.map((quarter) => (
              <tr key={quarter.from}>
                <th scope="row">{clockText(quarter.from)}</th>
                <td>{quarter.in}</td>
                <td>{quarter.out}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </>
  )
}

const QUARTER = 15 * 60_000
/** At round times of the day: 07:00, 09:00. */
const isRound = (from: number, every: number) => Math.round((from - new Date(from).setHours(0, 0, 0, 0)) / QUARTER) % every === 0
