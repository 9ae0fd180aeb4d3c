import { t } from '../../i18n/translate'
import { Icon, type IconName } from '../../ui/icon'

export interface Step {
  readonly icon: IconName
  readonly text: string
}

/** What to do, one sign and one line at a time. */
export function Steps({ steps }: { readonly steps: readonly Step[] }) {
  return (
    <ol class="steps" aria-label={t('activate.steps')}>
      {steps.map(({ icon, text }) => (
        <li key={text}>
          <span class="steps-sign">
            <Icon name={icon} size={28} />
          </span>
          <span>{text}</span>
        </li>
      ))}
    </ol>
  )
}
