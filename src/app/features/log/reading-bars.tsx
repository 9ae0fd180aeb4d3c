import type { SiteReadings } from '../../../domain/day-picture'
import { celsiusText } from '../../i18n/format'
import { t } from '../../i18n/translate'

const WIDTH = 340
const HEIGHT = 110
const TOP = 26 // for the words of the bands
const FEWEST = 12 // tenths across, so that a single reading is a bar and no wall

/** How often each tenth was read at one site, with the bands of the rules drawn in. */
export function ReadingBars({ site: { bands, tenths } }: { readonly site: SiteReadings }) {
  const first = tenths[0]?.celsius ?? bands.tooLowBelow
  const low = tenthOf(Math.min(first, bands.threshold - 0.6))
  const high = tenthOf(Math.max(tenths.at(-1)?.celsius ?? 0, bands.threshold + 0.4))
  const across = Math.max(FEWEST, high - low + 1)
  const step = WIDTH / across
  const most = Math.max(1, ...tenths.map(({ count }) => count))
  const x = (celsius: number) => (tenthOf(celsius) - low) * step
  const height = (count: number) => (count / most) * (HEIGHT - TOP - 4)
  const count = (band: string) => tenths.reduce((sum, each) => sum + (each.band === band ? each.count : 0), 0)
  const summary = t('picture.reading-summary', {
    low: count('too-low'),
    range: count('in-range'),
    high: count('at-threshold'),
    threshold: celsiusText(bands.threshold),
  })
  const edges = [
    { at: bands.tooLowBelow, words: t('picture.edge-low', { celsius: celsiusText(bands.tooLowBelow) }) },
    { at: bands.threshold, words: t('picture.edge-high', { celsius: celsiusText(bands.threshold) }) },
  ].filter(({ at }) => tenthOf(at) >= low && tenthOf(at) <= high)
  return (
    <>
      <p>{summary}</p>
      <svg class="picture-plot" viewBox={`0 0 ${WIDTH} ${HEIGHT + 16}`} role="img" aria-label={summary}>
        {tenths.map((each) => (
          <rect
            key={`${each.celsius} ${each.band}`}
            class={`picture-${each.band}`}
            x={x(each.celsius) + step * 0.1}
            width={step * 0.8}
            y={HEIGHT - height(each.count)}
            height={height(each.count)}
          />
        ))}
        {edges.map(({ at, words }, i) => (
          <g key={at}>
            <line class="picture-edge" x1={x(at)} x2={x(at)} y1={14 + i * 11} y2={HEIGHT} />
            <text x={Math.min(x(at) + 2, WIDTH - 90)} y={10 + i * 11}>
              {words}
            </text>
          </g>
        ))}
        <line class="picture-axis" x1="0" x2={WIDTH} y1={HEIGHT} y2={HEIGHT} />
        <text x="0" y={HEIGHT + 13}>
          {celsiusText(low / 10)}
        </text>
        <text x={WIDTH} y={HEIGHT + 13} text-anchor="end">
          {celsiusText((low + across - 1) / 10)}
        </text>
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

const tenthOf = (celsius: number) => Math.round(celsius * 10)
