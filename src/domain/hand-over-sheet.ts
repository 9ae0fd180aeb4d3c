import { clockOn } from './clock-text'
import { placeOf } from './community'
import type { HandOver } from './post-operations'
import type { ReportColumn, ReportRow, ReportSource } from './report'
import type { OpenLeft, Supplies } from './shift'

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
  'staff',
  'passages',
  'measured',
  'open-incidents',
  'open-retests',
  'open-cases',
  'unsent',
  'returned',
  'phones',
  'masks',
  'disinfectant',
  'thermometers',
  'batteries',
  'charge',
  'words',
] as const
export type HandOverItem = (typeof HAND_OVER_ITEMS)[number]

export interface HandOverWords {
  readonly items: Readonly<Record<HandOverItem, string>>
  readonly disinfectant: Readonly<Record<NonNullable<Supplies['disinfectant']>, string>>
  readonly batteries: Readonly<Record<NonNullable<Supplies['thermometerBattery']>, string>>
  passages(entries: number, exits: number): string
  /** 人次 and hours. */
  staff(personTimes: number, hours: string): string
  openMatter(kind: OpenLeft['kind'], time: string, place: string): string
  phone(name: string, unsent: number | undefined, seen: string | undefined): string
  bottles(count: number): string
  readonly unattended: string
  readonly notTold: string
  readonly none: string
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
  { postId, shift, from, to, counts, supplies, phones, open, words: said }: HandOver,
  at: number,
  { source, words }: Writer,
): Record<HandOverItem, string> {
  const post = source.posts.find(({ id }) => id === postId)
  return {
    post: placeOf(post),
    shift,
    time: clockOn(at, source),
    from,
    to: to ?? words.unattended,
    staff:
      counts.personTimes === undefined
        ? ''
        : words.staff(counts.personTimes, ((counts.volunteerMinutes ?? 0) / MINUTES_AN_HOUR).toFixed(1)),
    passages: words.passages(counts.in, counts.out),
    measured: String(counts.measured),
    'open-incidents': String(counts.openIncidents),
    'open-retests': String(counts.openRetests),
    'open-cases': open
      ? open.map(({ kind, since, place }) => words.openMatter(kind, clockOn(Date.parse(since), source), place)).join('；') || words.none
      : '',
    unsent: String(counts.unsent),
    returned: String(counts.returned),
    phones: (phones ?? [])
      .map(({ name, unsent, lastSeen }) => words.phone(name, unsent, lastSeen && clockOn(Date.parse(lastSeen), source)))
      .join('；'),
    ...suppliesSaid(supplies, words),
    words: said ?? '',
  }
}

function suppliesSaid(
  { masks, bottles, disinfectant, thermometers, batteries, thermometerBattery, charge }: Supplies,
  words: HandOverWords,
): Record<'masks' | 'disinfectant' | 'thermometers' | 'batteries' | 'charge', string> {
  const count = (number: number | undefined) => (number === undefined ? '' : String(number))
  return {
    masks: count(masks),
    disinfectant: bottles === undefined ? (disinfectant ? words.disinfectant[disinfectant] : '') : words.bottles(bottles),
    thermometers: count(thermometers),
    batteries: count(batteries) || (thermometerBattery ? words.batteries[thermometerBattery] : ''),
    charge: charge === undefined ? '' : `${charge}%`,
  }
}

const MINUTES_AN_HOUR = 60
