import type { ActivationError } from '../../../sync/enrol'
import { type PlainKey, t } from '../../i18n/translate'
import { STORAGE_WORDS } from '../../shell/storage-words'
import { Notice, type Tone } from '../../ui/notice'
import type { ActivationProblem } from './activation'

interface Words {
  readonly title: PlainKey
  readonly todo: PlainKey
  /** `wait`: the same code will do later; `stop`: it needs another one. */
  readonly tone?: Tone
}

const ACTIVATION_WORDS = {
  'code-mistyped': { title: 'activate.mistyped', todo: 'activate.code-mistyped' },
  offline: { tone: 'wait', title: 'activate.offline', todo: 'activate.offline-todo' },
  'not-gatepost': { tone: 'wait', title: 'activate.portal', todo: 'activate.portal-todo' },
  'invite-unknown': { title: 'activate.unknown', todo: 'activate.unknown-todo' },
  'invite-used': { title: 'activate.used', todo: 'activate.used-todo' },
  'invite-expired': { title: 'activate.expired', todo: 'activate.expired-todo' },
  'too-many-requests': { tone: 'wait', title: 'activate.too-many', todo: 'activate.too-many-todo' },
  'server-fault': { tone: 'wait', title: 'activate.fault', todo: 'activate.fault-todo' },
  unsupported: { title: 'activate.unsupported', todo: 'activate.unsupported-todo' },
} as const satisfies Record<ActivationError['kind'], Words>

const WORDS: Readonly<Record<ActivationProblem['kind'], Words>> = { ...ACTIVATION_WORDS, ...STORAGE_WORDS }

/** Why the activation did not come about, and what to do. */
export function ActivationNotice({ problem }: { readonly problem: ActivationProblem }) {
  const { tone = 'stop', title, todo } = WORDS[problem.kind]
  return (
    <Notice tone={tone} title={t(title)} announce="alert">
      {t(todo)}
    </Notice>
  )
}
