import { unitShown, unitTyped } from './gate-roster'
import type { Taps } from './gate-taps'

const LAST = '.gate-looking .last'
const LOOKING = { at: '.gate-ways' }
const PAD = { at: '.gate-measuring .pad' }
const TENTHS = 9
const LONGEST = 240_000 // ms

let saves = 0
/** Two saves in a row never show the same reading. */
const nextReading = () => `36.${1 + (saves++ % TENTHS)}`

const key = ({ page }: Taps, name: string) => page.getByRole('button', { name, exact: true }).first()
const back = async (taps: Taps) => taps.untimed(key(taps, '返回'), LOOKING)

/** By the unit; the second of the household. Ends at the pad. */
async function findSomebody(taps: Taps, i: number, member = 1): Promise<void> {
  await taps.timed('open find', key(taps, '查住户'), { at: '.find-input' })
  await taps.timed('first digit typed', key(taps, '3'), { at: '.found' })
  await taps.page.locator('.find-input').fill(unitTyped(i))
  const row = taps.page.locator('.found').nth(member)
  await taps.page
    .locator('.found-unit', { hasText: unitShown(i) })
    .first()
    .waitFor()
  await taps.timed('choose a found row', row, PAD)
}

async function saveAndUndo(taps: Taps): Promise<void> {
  const reading = nextReading()
  await taps.timed('one-tap save, back to looking', key(taps, reading), { at: LAST, words: reading })
  await taps.timed('undo', taps.page.locator('.last').getByRole('button', { name: /^撤销/ }), { at: '.last-undone' })
}

/** 37.6, the wait, the chip, and a reading that lets pass. */
async function waitAndRetest(taps: Taps, i: number): Promise<void> {
  await findSomebody(taps, i, 2)
  await taps.untimed(key(taps, '37.3+'), { at: '.pad-key-high' })
  await taps.timed('a wait saved', key(taps, '37.6'), { at: '.told' })
  await taps.untimed(key(taps, '继续'), { at: '.chip-retest' })
  await taps.timed('open a wait chip', taps.page.locator('.chip-retest').first(), PAD)
  const reading = nextReading()
  await taps.timed('a retest saved', key(taps, reading), { at: LAST, words: reading })
}

async function turn(taps: Taps, name: string): Promise<void> {
  for (const side of [2, 1]) {
    const half = `.direction label:nth-of-type(${side})`
    await taps.timed(name, taps.page.locator(half), { at: `${half}:has(input:checked)` })
  }
}

/** Again and again, but not for ever where each tap takes seconds. */
async function again(from: number, repeats: number, run: (i: number) => Promise<void>): Promise<void> {
  const until = performance.now() + LONGEST
  for (let i = from; i < from + repeats && performance.now() < until; i++) await run(i)
}

/** The machine's own share. */
export const nothing = (taps: Taps, name: string, repeats: number) => again(0, repeats, () => taps.nothing(name))

/** Passages by search, with or without a network. */
export async function passages(taps: Taps, from: number, repeats: number): Promise<void> {
  await again(from, repeats, async (i) => {
    await findSomebody(taps, i)
    await saveAndUndo(taps)
  })
}

/** A compound's gate with its camera. */
export async function atCamera(taps: Taps, from: number, repeats: number): Promise<void> {
  await passages(taps, from, repeats)
  await again(from, repeats, async (i) => {
    await waitAndRetest(taps, i)
    await turn(taps, 'direction switch')
    await taps.timed('open the visitor form', key(taps, '来访'), { at: '.gate-form' })
    await back(taps)
    await taps.timed('courier', key(taps, '快递'), PAD)
    await back(taps)
    await taps.timed('open the vehicle keys', key(taps, '车辆'), { at: '.plate-keys' })
    const shown = '.gate-plate .keypad-shown'
    await taps.timed('vehicle, one key', key(taps, '2'), { at: shown, words: '2' })
    await taps.untimed(key(taps, '3'), { at: shown, words: '23' })
    await taps.timed('vehicle, third key (search)', key(taps, '4'), { at: shown, words: '234' })
    await back(taps)
    await taps.timed('open the more panel', key(taps, '更多'), { at: '.more-group' })
    await back(taps)
  })
}

/** What is done more seldom. `cards`: of households, as printed. */
export async function atHands(taps: Taps, from: number, cards: readonly string[]): Promise<void> {
  await again(0, cards.length, async (i) => {
    const household = { at: '.gate-measuring .tiles' }
    await taps.scanned('a household card scanned', cards[i] ?? '', household)
    await back(taps)
    await findSomebody(taps, from + i, 0)
    await taps.timed('turn the direction at the pad', taps.page.getByRole('button', { name: /^改方向/ }), {
      at: '.who-direction',
      words: '出',
    })
    await taps.timed('37.3+', key(taps, '37.3+'), { at: '.pad-key-high' })
    await taps.timed('not measured: the reasons', key(taps, '未测温'), { at: '.gate-reasons' })
    await taps.timed('not measured, saved', key(taps, '本人拒绝'), { at: '.last-not-measured' })
    await taps.untimed(key(taps, '快递'), PAD)
    const reading = nextReading()
    await taps.timed('courier saved', key(taps, reading), { at: LAST, words: reading })
    await more(taps)
    await taps.timed('emergency pass', key(taps, '救护车'), { at: '.last-emergency' })
    await more(taps)
    await taps.timed('a request kept', key(taps, '代买菜'), { at: '.last-noted' })
    await more(taps)
    await taps.timed('open the late entry', key(taps, '补录'), { at: '.gate-form h1', words: '补录' })
    await back(taps)
    await taps.timed('open the arrival form', key(taps, '返宁'), { at: '.gate-form h1', words: '返宁' })
    await taps.timed('from there to the bus', key(taps, '整车登记（企业返岗）'), { at: '.gate-form h1', words: '整车' })
    await back(taps)
  })
}

const more = (taps: Taps) => taps.untimed(key(taps, '更多'), { at: '.more-group' })

/** The same gate without its camera: tiles. */
export async function atTiles(taps: Taps, from: number, repeats: number): Promise<void> {
  await switchCamera(taps, '不用摄像头（省电）', '.people .tile')
  const lists = taps.page.locator('.people .tiles-small')
  await lists.nth(1).waitFor()
  await again(0, repeats, async (i) => {
    await taps.timed(
      'choose a recent tile',
      lists
        .first()
        .locator('.tile')
        .nth(i % 6),
      PAD,
    )
    await back(taps)
  })
  await again(from, repeats, async (i) => {
    const household = { at: '.gate-measuring .tiles' }
    await taps.timed('household tile', lists.nth(1).locator('.tile').nth(i), household)
    await taps.timed('choose a resident tile', taps.page.locator('.tiles .tile').first(), PAD)
    const reading = nextReading()
    await taps.timed('one-tap save, back to the tiles', key(taps, reading), { at: LAST, words: reading })
    await turn(taps, 'direction switch, tiles')
  })
  await switchCamera(taps, '用摄像头扫卡', '.viewfinder')
}

async function switchCamera(taps: Taps, word: string, at: string): Promise<void> {
  await more(taps)
  await taps.untimed(key(taps, word), { at })
}

/** A metro exit. */
export async function atCounter(taps: Taps, repeats: number): Promise<void> {
  const total = taps.page.locator('.counter-pace b', { hasText: /\d/ })
  await again(0, repeats, async () => {
    for (const people of [1, 5]) {
      const before = Number(await total.textContent())
      const after = { at: '.gate-looking:has(.last-counted) .counter-pace', words: String(before + people) }
      await taps.timed(`counter +${people}`, key(taps, `+${people}`), after)
    }
    await taps.timed('hold somebody', key(taps, '留下一位，测温'), { at: '.gate-form' })
    await taps.untimed(key(taps, '返回'), { at: '.counter-pace' })
  })
}
