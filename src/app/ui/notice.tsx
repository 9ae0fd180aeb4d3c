import type { ComponentChildren } from 'preact'
import { Icon, type IconName } from './icon'

export type Tone = 'saved' | 'ask' | 'wait' | 'stop' | 'plain'

const SIGNS: Readonly<Record<Tone, IconName>> = { saved: 'check', ask: 'thermometer', wait: 'hand', stop: 'bar', plain: 'more' }

export interface NoticeProps {
  readonly tone: Tone
  readonly title: string
  readonly children?: ComponentChildren
  readonly icon?: IconName
  /** `alert` interrupts a screen reader: for what was not saved. */
  readonly announce?: 'status' | 'alert'
}

/** What happened and what to do, by colour, sign and words together. */
export function Notice({ tone, title, children, icon, announce }: NoticeProps) {
  return (
    <section class={`notice notice-${tone}`} role={announce}>
      <Icon name={icon ?? SIGNS[tone]} size={28} />
      <div>
        <p class="notice-title">{title}</p>
        {children && <div class="notice-text">{children}</div>}
      </div>
    </section>
  )
}
