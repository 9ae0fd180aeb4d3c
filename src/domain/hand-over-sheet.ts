import { clockOn } from './clock-text'
import { placeOf } from './community'
import type { HandOver } from './post-operations'
import type { ReportColumn, ReportRow, ReportSource } from './report'
import type { Supplies } from './shift'

/** 交接班单: a line for each thing that one shift tells the next. */
export const HAND_OVER_COLUMNS = [
  { name: 'item', kind: 'text', width: 24 },
  { name: 'said', kind: 'text', width: 60 },
] as const satisfies readonly ReportColumn[]
export type HandOverColumn = (typeof HAND_OVER_COLUMNS)[number]['name']
export type HandOverRow = ReportRow<HandOverColumn>

export const HAND_OVER_ITEMS = [
  'post',
  'shift',
  'time',
  'from',
  'to',
  'passages',
  'measured',
  'open-incidents',
  'open-retests',
  'unsent',
  'returned',
  'masks',
  'disinfectant',
  'thermometers',
  'charge',
  'words',
] as const
export type HandOverItem = (typeof HAND_OVER_ITEMS)[number]

export interface HandOverWords {
  readonly items: Readonly<Record<HandOverItem, string>>
  readonly disinfectant: Readonly<Record<NonNullable<Supplies['disinfectant']>, string>>
  readonly batteries: Readonly<Record<NonNullable<Supplies['thermometerBattery']>, string>>
  passages(entries: number, exits: number): string
  readonly unattended: string
  readonly notTold: string
}

/** Each hand-over of the time asked for, one below the other. What nobody told says so: nothing is passed over in silence. */
export function handOverSheet(source: ReportSource, words: HandOverWords): HandOverRow[] {
  return source.log.handOvers
    .filter(({ voided }) => !voided)
    .flatMap(({ operation, at }) => {
      const said = saidOf(operation, at, { source, words })
      return HAND_OVER_ITEMS.map((item) => ({ item: words.items[item], said: said[item] || words.notTold }))
    })
}

interface Writer {
  readonly source: ReportSource
  readonly words: HandOverWords
}

function saidOf(
  { postId, shift, from, to, counts, supplies, words: said }: HandOver,
  at: number,
  { source, words }: Writer,
): Record<HandOverItem, string> {
  const post = source.posts.find(({ id }) => id === postId)
  const { masks, disinfectant, thermometers, thermometerBattery, charge } = supplies
  return {
    post: placeOf(post),
    shift,
    time: clockOn(at, source),
    from,
    to: to ?? words.unattended,
    passages: words.passages(counts.in, counts.out),
    measured: String(counts.measured),
    'open-incidents': String(counts.openIncidents),
    'open-retests': String(counts.openRetests),
    unsent: String(counts.unsent),
    returned: String(counts.returned),
    masks: masks === undefined ? '' : String(masks),
    disinfectant: disinfectant ? words.disinfectant[disinfectant] : '',
    thermometers: [thermometers === undefined ? '' : String(thermometers), thermometerBattery && words.batteries[thermometerBattery]]
      .filter(Boolean)
      .join(' '),
    charge: charge === undefined ? '' : `${charge}%`,
    words: said ?? '',
  }
}
