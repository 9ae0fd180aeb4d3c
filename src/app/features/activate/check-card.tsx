import type { ComponentChildren } from 'preact'
import { t } from '../../i18n/translate'
import { Icon, type IconName } from '../../ui/icon'

export type CheckState = 'ok' | 'todo' | 'unknown'

const SIGNS: Readonly<Record<CheckState, IconName>> = { ok: 'check', todo: 'warning', unknown: 'more' }

export interface CheckCardProps {
  readonly icon: IconName
  readonly title: string
  /** None: a question, with nothing to be checked. */
  readonly state?: CheckState
  readonly children: ComponentChildren
}

/** One thing about the phone: how it stands by sign and word, and what to do. */
export function CheckCard({ icon, title, state, children }: CheckCardProps) {
  return (
    <section class={state ? `check check-${state}` : 'check'}>
      <div class="check-head">
        <Icon name={icon} size={28} />
        <h2>{title}</h2>
        {state && (
          <p class="check-state" role="status">
            <Icon name={SIGNS[state]} size={20} />
            {t(`check.${state}`)}
          </p>
        )}
      </div>
      {children}
    </section>
  )
}
