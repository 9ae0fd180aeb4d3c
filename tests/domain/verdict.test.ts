import { expect, test } from 'vitest'
import { BASE_RULES, type Rules } from '../../src/domain/rules/rules'
import { type Passer, type Verdict, verdictOn } from '../../src/domain/rules/verdict'

const MEASURE: Verdict = { kind: 'measure' }
const stop = (why: Extract<Verdict, { kind: 'stop' }>['why']): Verdict => ({ kind: 'stop', why })
const passer = (part: Partial<Passer>): Passer => ({ subject: 'resident', direction: 'in', minute: 600, ...part })
const NIGHT = { gateHours: { from: 1320, to: 360 } } as const
const DAY = { gateHours: { from: 360, to: 1320 } } as const

test.each<[string, Partial<Passer>, Partial<Rules>, Verdict]>([
  ['a resident', {}, {}, MEASURE],
  [
    'somebody whom the roster does not know',
    { subject: 'written' },
    { pass: 'required', visitors: 'barred' },
    { kind: 'ask', asks: ['pass'] },
  ],
  ['a resident, permit asked', {}, { pass: 'required' }, { kind: 'ask', asks: ['pass'] }],
  ['a resident, permit asked, on the way out', { direction: 'out' }, { pass: 'required' }, { kind: 'ask', asks: ['pass'] }],
  ['permit shown', { answered: { pass: 'shown' } }, { pass: 'required' }, MEASURE],
  ['no permit', { answered: { pass: 'missing' } }, { pass: 'required' }, stop('no-pass')],
  ['no permit, and since midnight none is asked', { answered: { pass: 'missing' } }, {}, MEASURE],
  ['a visitor is not asked for a permit', { subject: 'visitor' }, { pass: 'required' }, MEASURE],
  ['a visitor where none may enter', { subject: 'visitor' }, { visitors: 'barred' }, stop('visitors-barred')],
  ['the same on the way out', { subject: 'visitor', direction: 'out' }, { visitors: 'barred' }, MEASURE],
  ['a visitor from a key area', { subject: 'visitor', keyArea: true }, { keyAreaVisitors: 'barred' }, stop('key-area')],
  ['the same where they are only registered', { subject: 'visitor', keyArea: true }, {}, MEASURE],
  ['a courier', { subject: 'courier' }, {}, MEASURE],
  ['a courier where they stay outside', { subject: 'courier' }, { couriers: 'stay-outside' }, stop('courier-outside')],
  ['a visitor outside of the hours', { subject: 'visitor', minute: 1380 }, DAY, stop('gate-hours')],
  ['a visitor at the first minute', { subject: 'visitor', minute: 360 }, DAY, MEASURE],
  ['a visitor at the last minute', { subject: 'visitor', minute: 1320 }, DAY, stop('gate-hours')],
  ['hours that cross midnight', { subject: 'visitor', minute: 30 }, NIGHT, MEASURE],
  ['by day they do not hold', { subject: 'visitor', minute: 720 }, NIGHT, stop('gate-hours')],
  ['a resident at any hour', { minute: 1380 }, DAY, MEASURE],
  ['an outing left', { direction: 'out', outings: 0 }, { outingQuota: { people: 1, days: 2 } }, MEASURE],
  ['no outing left', { direction: 'out', outings: 1 }, { outingQuota: { people: 1, days: 2 } }, stop('outing-quota')],
  ['home again, whatever the quota', { outings: 5 }, { outingQuota: { people: 1, days: 2 } }, MEASURE],
  ['back from elsewhere', { away: true }, {}, { kind: 'ask', asks: ['arrival'] }],
  ['back from elsewhere, registered', { away: true, answered: { arrival: 'registered' } }, {}, MEASURE],
  ['back from elsewhere, where nobody asks', { away: true }, { arrivals: 'not-asked' }, MEASURE],
  ['two questions', { away: true }, { pass: 'required' }, { kind: 'ask', asks: ['pass', 'arrival'] }],
  ['no reading on the way out', { direction: 'out' }, { readingOn: 'in' }, { kind: 'admitted' }],
  ['a reading on the way in', {}, { readingOn: 'in' }, MEASURE],
  ['no reading on the way in', {}, { readingOn: 'out' }, { kind: 'admitted' }],
  ['no reading at all', { direction: 'out' }, { readingOn: 'none' }, { kind: 'admitted' }],
  ['under observation, on the way out', { direction: 'out', observed: true }, {}, { kind: 'wait', why: 'observation' }],
  ['under observation, coming home', { observed: true }, {}, MEASURE],
  [
    'a wait before a stop',
    { direction: 'out', observed: true, outings: 9 },
    { outingQuota: { people: 1, days: 1 } },
    { kind: 'wait', why: 'observation' },
  ],
  [
    'a stop before a question',
    { direction: 'out', outings: 9 },
    { outingQuota: { people: 1, days: 1 }, pass: 'required' },
    stop('outing-quota'),
  ],
])('%s', (_name, part, rules, verdict) => {
  expect(verdictOn(passer(part), { ...BASE_RULES, ...rules })).toEqual(verdict)
})

/** Compiles only while a rule cannot even see these: a tenant is a resident, and nothing is inferred from papers. */
type Unseen = Extract<keyof Passer, 'tenure' | 'tenant' | 'plate' | 'idNumber' | 'origin' | 'register'>
const NOTHING: [Unseen] extends [never] ? true : false = true

test('no rule sees a tenancy, an identity number, a household register or a plate', () => {
  expect(NOTHING).toBe(true)
})
