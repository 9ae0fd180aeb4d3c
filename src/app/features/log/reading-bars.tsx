import type { SiteReadings } from '../../../domain/day-picture'
import type { Band } from '../../../domain/reading'
import { celsiusText } from '../../i18n/format'
import { t } from '../../i18n/translate'
import { CountAxis } from './count-axis'

const WIDTH = 340
const LEFT = 34 // for the counts
const TOP = 20 // for the words of the bands
const FOOT = 120
const FEWEST = 12 // tenths across, so that a single reading is a bar and no wall

/** How often each tenth was read at one site, with the bands of the rules as grounds behind. */
export function ReadingBars({ site: { bands, tenths } }: { readonly site: SiteReadings }) {
  const first = tenths[0]?.celsius ?? bands.tooLowBelow
  const low = tenthOf(Math.min(first, bands.threshold - 0.6))
  const high = tenthOf(Math.max(tenths.at(-1)?.celsius ?? 0, bands.threshold + 0.4))
  const across = Math.max(FEWEST, high - low + 1)
  const step = (WIDTH - LEFT) / across
  const most = Math.max(1, ...tenths.map(({ count }) => count))
  const x = (tenth: number) => LEFT + Math.min(across, Math.max(0, tenth - low)) * step
  const height = (count: number) => (count / most) * (FOOT - TOP - 6)
  const count = (band: Band) => tenths.reduce((sum, each) => sum + (each.band === band ? each.count : 0), 0)
  const summary = t('picture.reading-summary', {
    low: count('too-low'),
    range: count('in-range'),
    high: count('at-threshold'),
    threshold: celsiusText(bands.threshold),
  })
  const edges = [low, tenthOf(bands.tooLowBelow), tenthOf(bands.threshold), low + across]
  const grounds = (['too-low', 'in-range', 'at-threshold'] as const).map((band, i) => {
    const from = x(edges[i] ?? low)
    return { band, from, width: x(edges[i + 1] ?? low) - from }
  })
  const marks = ticksOf(low, low + across - 1).filter((tenth) => x(tenth) + step / 2 + TICK / 2 <= WIDTH)
  return (
    <>
      <p>{summary}</p>
      <p class="picture-small">{t('picture.bands', { low: celsiusText(bands.tooLowBelow), threshold: celsiusText(bands.threshold) })}</p>
      <svg class="picture-plot" viewBox={`0 0 ${WIDTH} ${FOOT + 22}`} role="img" aria-label={summary}>
        {grounds.map(({ band, from, width }) => (
          <g key={band}>
            <rect class={`picture-ground picture-ground-${band}`} x={from} y={0} width={width} height={FOOT} />
            {width >= wide(t(`picture.band-${band}`)) && (
              <text x={from + 4} y={15}>
                {t(`picture.band-${band}`)}
              </text>
            )}
          </g>
        ))}
        <CountAxis most={most} left={LEFT} width={WIDTH} y={(value) => FOOT - height(value)} />
        {tenths.map((each) => (
          <rect
            key={`${each.celsius} ${each.band}`}
            class={`picture-${each.band}`}
            x={x(tenthOf(each.celsius)) + step * 0.1}
            width={step * 0.8}
            y={FOOT - height(each.count)}
            height={height(each.count)}
          />
        ))}
        {grounds
          .slice(1)
          .filter(({ from }) => from > LEFT && from < WIDTH)
          .map(({ band, from }) => (
            <line key={band} class="picture-edge" x1={from} x2={from} y1={0} y2={FOOT} />
          ))}
        <line class="picture-axis" x1={LEFT} x2={WIDTH} y1={FOOT} y2={FOOT} />
        {marks.map((tenth) => (
          <text key={tenth} x={x(tenth) + step / 2} y={FOOT + 16} text-anchor="middle">
            {celsiusText(tenth / 10)}
          </text>
        ))}
      </svg>
      <details>
        <summary>{t('picture.table')}</summary>
        <table class="picture-table">
          <thead>
            <tr>
              <th scope="col">℃</th>
              <th scope="col">{t('picture.count')}</th>
              <th scope="col">{t('picture.band')}</th>
            </tr>
          </thead>
          <tbody>
            {tenths.map((each) => (
              <tr key={`${each.celsius} ${each.band}`}>
                <th scope="row">{celsiusText(each.celsius)}</th>
                <td>{each.count}</td>
                <td>{t(`picture.band-${each.band}`)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </>
  )
}

/** How much room words take in the plot, at the largest type. */
const wide = (words: string) => Array.from(words).reduce((sum, sign) => sum + (sign > '\u2e80' ? 16 : 9), 8)

const tenthOf = (celsius: number) => Math.round(celsius * 10)

const TICK = 38 // that a temperature takes at the largest type
const MOST_TICKS = 7 // temperatures that fit side by side on a small phone

/** Round temperatures from the lowest to the highest. */
function ticksOf(low: number, high: number): readonly number[] {
  const every = [2, 5, 10, 20, 50].find((step) => (high - low) / step <= MOST_TICKS - 1) ?? 100
  const first = Math.ceil(low / every) * every
  return Array.from({ length: Math.floor((high - first) / every) + 1 }, (_, i) => first + i * every)
}
