import type { Quarter } from '../../../domain/day-picture'
import { clockText } from '../../i18n/format'
import { t } from '../../i18n/translate'

const WIDTH = 340
const HALF = 64 // of the height: in stands above the line, out below it
const FEWEST = 16 // quarters across: one is a bar, and no wall
const LABELS = 6 // clock times that fit side by side on a small phone

/** In above the line, out below it, a bar for each quarter hour. */
export function QuarterBars({ quarters }: { readonly quarters: readonly Quarter[] }) {
  const most = Math.max(1, ...quarters.flatMap((quarter) => [quarter.in, quarter.out]))
  const step = WIDTH / Math.max(FEWEST, quarters.length)
  const height = (count: number) => (count / most) * (HALF - 12)
  const every = Math.max(1, Math.ceil(Math.max(FEWEST, quarters.length) / LABELS))
  const entries = quarters.reduce((sum, quarter) => sum + quarter.in, 0)
  const exits = quarters.reduce((sum, quarter) => sum + quarter.out, 0)
  const busiest = quarters.reduce((best, quarter) => (quarter.in + quarter.out > best.in + best.out ? quarter : best))
  const summary = t('picture.flow-summary', { entries, exits, time: clockText(busiest.from), most: busiest.in + busiest.out })
  return (
    <>
      <p>{summary}</p>
      <svg class="picture-plot" viewBox={`0 0 ${WIDTH} ${HALF * 2 + 16}`} role="img" aria-label={summary}>
        <text x="0" y="10">
          {t('direction.in')} {most}
        </text>
        <text x="0" y={HALF * 2 - 2}>
          {t('direction.out')}
        </text>
        {quarters.map((quarter, i) => (
          <g key={quarter.from}>
            <rect
              class="picture-in"
              x={i * step + step * 0.1}
              width={step * 0.8}
              y={HALF - height(quarter.in)}
              height={height(quarter.in)}
            />
            <rect class="picture-out" x={i * step + step * 0.1} width={step * 0.8} y={HALF + 1} height={height(quarter.out)} />
            {i % every === 0 && (
              <text x={i * step} y={HALF * 2 + 13}>
                {clockText(quarter.from)}
              </text>
            )}
          </g>
        ))}
        <line class="picture-axis" x1="0" x2={WIDTH} y1={HALF + 0.5} y2={HALF + 0.5} />
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
