import type { Direction } from '../../../domain/operation'
import { t } from '../../i18n/translate'
import type { Who } from '../../shell/who'
import { Icon, type IconName } from '../../ui/icon'

export interface WhoHeadProps {
  readonly who: Pick<Who, 'name' | 'unit'>
  readonly direction: Direction
  readonly words: string
  readonly icon?: IconName
  /** Amber: something waits. */
  readonly waits?: boolean
  readonly seen?: string | undefined
}

/** Who it is, and what is to be done: neutral blue, because green is for what is saved. */
export function WhoHead({ who, direction, words, icon = 'home', waits = false, seen }: WhoHeadProps) {
  return (
    <section class={waits ? 'who who-low' : 'who'} role="status">
      <span class="who-sign">
        <Icon name={icon} size={28} />
      </span>
      <div>
        <h1>
          {who.name} <small>{who.unit}</small>
        </h1>
        <p class="who-word">{words}</p>
        {seen && <p class="who-seen">{seen}</p>}
      </div>
      <span class="who-direction">{t(`direction.${direction}`)}</span>
    </section>
  )
}
