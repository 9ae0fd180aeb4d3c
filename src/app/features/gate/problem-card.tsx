import type { MessageKey } from '../../i18n/translate'
import { t } from '../../i18n/translate'
import { Button } from '../../ui/button'
import { Notice } from '../../ui/notice'
import type { Problem } from './gate-state'

const WORDS = {
  url: 'gate.problem-url',
  payment: 'gate.problem-payment',
  'health-code': 'gate.problem-health-code',
  text: 'gate.problem-text',
} as const satisfies Record<Extract<Problem, { kind: 'foreign' }>['looksLike'], MessageKey>

/** Why a scan led to nobody. The camera goes on looking; the way onward is 查住户. */
export function ProblemCard({ problem, onClose }: { readonly problem: Problem; readonly onClose: () => void }) {
  return (
    <div class="problem-card">
      <Notice tone="stop" title={titleOf(problem)} announce="alert">
        {problem.kind !== 'roster-loading' && <p>{t('gate.problem-todo')}</p>}
        <Button onClick={onClose}>{t('common.close')}</Button>
      </Notice>
    </div>
  )
}

function titleOf(problem: Problem): string {
  switch (problem.kind) {
    case 'foreign':
      return t(WORDS[problem.looksLike])
    case 'card-expired':
      return t('gate.problem-card-expired', { day: problem.day })
    case 'empty':
    case 'damaged':
    case 'card-unknown':
    case 'card-revoked':
    case 'roster-loading':
      return t(`gate.problem-${problem.kind}`)
    default:
      return problem satisfies never
  }
}
