import { dayText } from '../../i18n/format'
import { type PlainKey, t } from '../../i18n/translate'
import type { Signal } from '../../shell/signals'
import { Button } from '../../ui/button'
import type { IconName } from '../../ui/icon'
import { Notice, type Tone } from '../../ui/notice'
import type { GateActions } from './gate-actions'
import type { Problem } from './gate-state'

interface Look {
  readonly tone: Tone
  readonly icon: IconName
  readonly signal: Signal
}

/** How each looks and sounds: a code of others is no offence, a card that does not hold waits, a forged one stops. */
export const PROBLEM_LOOKS: Readonly<Record<Problem['kind'], Look>> = {
  empty: { tone: 'plain', icon: 'camera', signal: 'foreign' },
  foreign: { tone: 'plain', icon: 'file', signal: 'foreign' },
  damaged: { tone: 'wait', icon: 'edit', signal: 'card-off' },
  forged: { tone: 'stop', icon: 'bar', signal: 'failed' },
  'unknown-key': { tone: 'wait', icon: 'key', signal: 'card-off' },
  'other-community': { tone: 'wait', icon: 'home', signal: 'card-off' },
  revoked: { tone: 'wait', icon: 'close', signal: 'card-off' },
  expired: { tone: 'wait', icon: 'clock', signal: 'card-off' },
  'card-unknown': { tone: 'wait', icon: 'household', signal: 'card-off' },
  'card-unbound': { tone: 'ask', icon: 'plus', signal: 'ask' },
  'roster-loading': { tone: 'plain', icon: 'more', signal: 'ask' },
  'roster-hidden': { tone: 'wait', icon: 'lock', signal: 'card-off' },
}

interface Answer {
  readonly title: PlainKey
  readonly todo: PlainKey
  /** The one tap onward beside 查住户: another screen, or 来访. */
  readonly onward?: { readonly href: string; readonly label: PlainKey } | 'visitor'
}

/** What is said of a code that is no card. */
const ANSWERS: Readonly<Record<Extract<Problem, { kind: 'foreign' }>['looksLike'], Answer>> = {
  url: { title: 'gate.problem-url', todo: 'gate.problem-todo' },
  payment: { title: 'gate.problem-payment', todo: 'gate.problem-todo' },
  'health-code': { title: 'gate.problem-health-code', todo: 'gate.problem-health-code-todo' },
  text: { title: 'gate.problem-text', todo: 'gate.problem-todo' },
  visit: { title: 'gate.problem-visit', todo: 'gate.problem-visit-todo', onward: 'visitor' },
  'visit-page': { title: 'gate.problem-visit-page', todo: 'gate.problem-visit-page-todo', onward: 'visitor' },
  activation: {
    title: 'gate.problem-activation',
    todo: 'gate.problem-activation-todo',
    onward: { href: '/activate', label: 'activate.title' },
  },
  taking: { title: 'gate.problem-taking', todo: 'gate.problem-taking-todo', onward: { href: '/shift/give', label: 'shift.give' } },
  'cases-part': {
    title: 'gate.problem-cases-part',
    todo: 'gate.problem-cases-part-todo',
    onward: { href: '/shift/take', label: 'shift.take' },
  },
  'reset-question': {
    title: 'gate.problem-reset-question',
    todo: 'gate.problem-reset-question-todo',
    onward: { href: '/manage/reset', label: 'lock.help' },
  },
  'reset-answer': { title: 'gate.problem-reset-answer', todo: 'gate.problem-reset-answer-todo' },
}

/** Why a scan led to nobody. The camera goes on looking; the way onward is 查住户. */
export function ProblemCard({ problem, actions }: { readonly problem: Problem; readonly actions: GateActions }) {
  const { tone, icon } = PROBLEM_LOOKS[problem.kind]
  const onward = problem.kind === 'foreign' ? ANSWERS[problem.looksLike].onward : undefined
  return (
    <div class="problem-card">
      <Notice tone={tone} icon={icon} title={titleOf(problem)} announce="alert">
        <p>{t(todoOf(problem))}</p>
        <div class="problem-ways">
          {onward === 'visitor' && (
            <Button look="main" onClick={() => actions.go({ at: 'visitor' })}>
              {t('gate.way-visitor')}
            </Button>
          )}
          {onward !== undefined && onward !== 'visitor' && (
            <a class="button button-main" href={onward.href}>
              {t(onward.label)}
            </a>
          )}
          {problem.kind === 'card-unbound' && (
            <Button look="main" icon="plus" onClick={() => actions.go({ at: 'bind', cardId: problem.cardId })}>
              {t('gate.bind-do')}
            </Button>
          )}
          {problem.kind !== 'roster-loading' && problem.kind !== 'card-unbound' && (
            <Button icon="search" onClick={() => actions.go({ at: 'find' })}>
              {t('gate.find')}
            </Button>
          )}
          <Button onClick={actions.back}>{t('common.close')}</Button>
        </div>
      </Notice>
    </div>
  )
}

function titleOf(problem: Problem): string {
  switch (problem.kind) {
    case 'foreign':
      return t(ANSWERS[problem.looksLike].title)
    case 'expired':
      return t('gate.problem-expired', { day: dayText(problem.expiredAt - 1) })
    case 'other-community':
      return t('gate.problem-other-community', { community: problem.community })
    case 'empty':
    case 'damaged':
    case 'forged':
    case 'unknown-key':
    case 'revoked':
    case 'card-unknown':
    case 'card-unbound':
    case 'roster-loading':
    case 'roster-hidden':
      return t(`gate.problem-${problem.kind}`)
    default:
      return problem satisfies never
  }
}

function todoOf(problem: Problem): PlainKey {
  const { kind } = problem
  if (kind === 'foreign') return ANSWERS[problem.looksLike].todo
  if (kind === 'card-unbound' || kind === 'roster-loading' || kind === 'roster-hidden') return `gate.problem-${kind}-todo`
  return 'gate.problem-todo'
}
