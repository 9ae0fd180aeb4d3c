import type { Post } from '../../domain/community'
import { SITES } from '../../domain/reading'
import type { RuleSet } from '../../domain/rules/rule-set'
import { setsInForce } from '../../domain/rules/rule-set'
import type { Rules } from '../../domain/rules/rules'
import { isReadingAsked, type Passer, type Verdict, verdictOn } from '../../domain/rules/verdict'
import { CHINA, minuteOfDay } from '../../domain/time'

/** Who might stand there, as a rule may look at them. */
const PASSERS: readonly (readonly [string, Omit<Passer, 'direction' | 'minute'>])[] = [
  ['resident 业主', { subject: 'resident' }],
  ['tenant 租户', { subject: 'resident' }],
  ['back from elsewhere', { subject: 'resident', away: true }],
  ['visitor 来访', { subject: 'visitor' }],
  ['from a key area', { subject: 'visitor', keyArea: true }],
  ['courier 快递', { subject: 'courier' }],
  ['under observation', { subject: 'resident', observed: true }],
]

/** What a post would say at an instant: to each kind of person, in and out, and what it would read out. */
export function previewOf(rules: Rules, sets: readonly RuleSet[], post: Post, at: number): string[] {
  const minute = minuteOfDay(at, CHINA)
  const says = (passer: (typeof PASSERS)[number][1], direction: 'in' | 'out') => {
    const next = isReadingAsked(rules, direction) ? '请测温' : '可通行'
    return inWords(verdictOn({ ...passer, direction, minute }, rules), next)
  }
  return [
    '  the post says',
    ...PASSERS.flatMap(([who, passer]) => [
      `    ${who.padEnd(22)} in   ${says(passer, 'in')}`,
      `    ${''.padEnd(22)} out  ${says(passer, 'out')}`,
    ]),
    '  temperatures',
    ...SITES.map((site) => {
      const { tooLowBelow, threshold, least, most } = rules.bands[site]
      return `    ${site.padEnd(10)} too low below ${tooLowBelow.toFixed(1)}; waits from ${threshold.toFixed(1)}; taken from ${least.toFixed(1)} to ${most.toFixed(1)}`
    }),
    '  the post reads',
    ...setsInForce(sets, post, at).flatMap(({ title, text, textFound }) => [
      `    ${title}`,
      `      ${text}${textFound ? '' : ' (its wording was not found)'}`,
    ]),
  ]
}

/** `next`: what comes when all that is asked was answered. */
function inWords(verdict: Verdict, next: string): string {
  switch (verdict.kind) {
    case 'measure':
      return '请测温 take temperature'
    case 'admitted':
      return '可通行 may pass; no temperature is asked'
    case 'ask':
      return `请登记 register: ${verdict.asks.map((ask) => (ask === 'pass' ? '出入证 permit' : '回宁 arrival form')).join(', ')}; then ${next}`
    case 'wait':
      return '请稍候 please wait; 观察 behind a tap'
    case 'stop':
      return verdict.why === 'courier-outside'
        ? '请测温 stays outside, is measured and registered there'
        : `暂不能通行 cannot pass yet: ${STOPS[verdict.why]}`
    default:
      return verdict satisfies never
  }
}

const STOPS = {
  'visitors-barred': 'visitors are barred',
  'key-area': 'was in a key area within 14 days',
  'outing-quota': 'the household’s outings are used up',
  'gate-hours': 'outside of the gate’s hours',
  'no-pass': 'has no permit',
} as const
