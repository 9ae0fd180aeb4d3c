import { expect, test } from 'vitest'
import type { CommunityId, CompoundId, DeviceId, PostId } from '../../src/domain/ids'
import type { CheckIn, Operation } from '../../src/domain/operation'
import { SITES, type Site } from '../../src/domain/reading'
import type { Role } from '../../src/domain/role'
import type { Scope } from '../../src/server/database/communities'
import type { Device } from '../../src/server/database/devices'
import { judge } from '../../src/server/verdicts'
import { aCheckIn, aKey, aReading, POST } from '../support/builders'
import { aRosterPage, COMPOUND } from '../support/community'

const CLOSED = 'post-closed' as PostId
const OTHER = 'other-compound' as CompoundId

const post = (id: PostId) => ({ id, name: '门', type: 'compound-gate' as const, compoundId: COMPOUND, compoundName: '梧桐苑' })
const SCOPE: Scope = {
  posts: [post(POST), post(CLOSED)],
  compoundIds: [COMPOUND],
  closedAt: new Map([[CLOSED, new Date('2020-02-18T07:31:00.000+08:00')]]),
}
const aPhone = (role: Role = 'volunteer'): Device => ({
  communityId: 'c-1' as CommunityId,
  id: 'd-1' as DeviceId,
  epoch: 'e',
  role,
  unitId: POST,
  localPostId: 'local-post',
  localCompoundId: 'local-compound' as CompoundId,
  signKey: '',
  revoked: false,
  cloned: false,
})

const verdictOn = (operation: unknown, device = aPhone()) => {
  const { placed, rejected } = judge([operation], device, SCOPE)
  return placed[0] ? [placed[0].postId, placed[0].compoundId].filter(Boolean).join(' ') : `${rejected[0]?.code} ${rejected[0]?.pointer}`
}

const stampOf = ({ subject: _s, direction: _d, measured: _m, way: _w, rules: _r, ...stamp }: CheckIn) => stamp
const aRetest = (celsius: number, site: Site): Operation => ({
  ...stampOf(aCheckIn()),
  kind: 'retest',
  target: aKey(),
  reading: aReading(celsius, { site, attempt: 2 }),
})
const anAmend = (celsius: number): Operation => ({
  ...stampOf(aCheckIn()),
  kind: 'amend',
  target: aKey(),
  reason: '看错了',
  measured: aReading(celsius),
})
const anImport = (compoundId: CompoundId, postId = POST): Operation => ({
  ...stampOf(aCheckIn({ postId })),
  kind: 'roster-import',
  importId: 'i',
  of: 1,
  page: { ...aRosterPage(), compoundId },
})

test.each<[string, unknown, string]>([
  ['a passage at its own post', aCheckIn(), POST],
  ['one without a temperature', aCheckIn({ measured: { reason: 'refused' } }), POST],
  ['one at a post elsewhere', aCheckIn({ postId: 'post-far' as PostId }), 'outside-scope /postId'],
  ['one at the local post that this phone was', aCheckIn({ postId: 'local-post' as PostId }), POST],
  ['30.0', aCheckIn({ measured: aReading(30) }), POST],
  ['43.0', aCheckIn({ measured: aReading(43) }), POST],
  ['29.9', aCheckIn({ measured: aReading(29.9) }), 'reading-out-of-range /measured/celsius'],
  ['43.1', aCheckIn({ measured: aReading(43.1) }), 'reading-out-of-range /measured/celsius'],
  ['98.6, degrees Fahrenheit', aCheckIn({ measured: aReading(98.6) }), 'reading-out-of-range /measured/celsius'],
  ['a corrected reading of 366', anAmend(366), 'reading-out-of-range /measured/celsius'],
  ['a post at the moment that it was closed', aCheckIn({ postId: CLOSED }), CLOSED],
  ['a second later', aCheckIn({ postId: CLOSED, deviceTime: '2020-02-18T07:31:01+08:00' }), 'post-closed /postId'],
  [
    'an hour later by a clock an hour fast',
    aCheckIn({ postId: CLOSED, deviceTime: '2020-02-18T08:31:00+08:00', clockOffset: -3_600_000 }),
    CLOSED,
  ],
  ['a kind from the future', { ...aCheckIn(), kind: 'vaccination' }, 'unknown-kind /kind'],
  ['no kind', { ...aCheckIn(), kind: undefined }, 'malformed /kind'],
  ['a direction that is none', { ...aCheckIn(), direction: 'up' }, 'malformed /direction'],
  ['a name of 201 characters', aCheckIn({ subject: { kind: 'written', name: '张'.repeat(201) } }), 'malformed /subject/name'],
  ['null', null, 'malformed '],
])('%s', (_name, operation, verdict) => {
  expect(verdictOn(operation)).toBe(verdict)
})

test.each(SITES.map((site) => [site]))('a retest at the %s is bounded too', (site) => {
  expect([verdictOn(aRetest(38, site)), verdictOn(aRetest(43.1, site))]).toEqual([POST, 'reading-out-of-range /reading/celsius'])
})

test.each<[string, Role, CompoundId, PostId, string]>([
  ["a volunteer's roster", 'volunteer', COMPOUND, POST, 'not-allowed /page/compoundId'],
  ["a lead's own compound", 'lead', COMPOUND, POST, `${POST} ${COMPOUND}`],
  ["a lead's neighbour", 'lead', OTHER, POST, 'outside-scope /page/compoundId'],
  ["an admin's compound", 'admin', COMPOUND, POST, `${POST} ${COMPOUND}`],
  [
    'the roster of a local post, whoever joined',
    'volunteer',
    'local-compound' as CompoundId,
    'local-post' as PostId,
    `${POST} ${COMPOUND}`,
  ],
])('%s', (_name, role, compoundId, postId, verdict) => {
  expect(verdictOn(anImport(compoundId, postId), aPhone(role))).toBe(verdict)
})

test('what has no key is named by its place', () => {
  const { rejected } = judge([aCheckIn(), 7, { key: 7 }, { key: 'k'.repeat(100) }], aPhone(), SCOPE)
  expect(rejected.map(({ key }) => key)).toEqual(['#1', '#2', 'k'.repeat(64)])
})
