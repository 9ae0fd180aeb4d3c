import { t } from '../../i18n/translate'
import { useServices } from '../../services'
import { Notice } from '../../ui/notice'
import { Screen } from '../../ui/screen'

export interface RosterDoneProps {
  readonly households: number
  readonly residents: number
  readonly leftOut: number
}

/** How many came in, how many did not, and where the roster goes from here. */
export function RosterDone({ households, residents, leftOut }: RosterDoneProps) {
  const { identity } = useServices()
  return (
    <Screen
      title={t('roster.title')}
      back={{ href: '/status', label: t('common.back') }}
      foot={
        <a class="button button-main button-tall" href="/">
          {t('roster.to-gate')}
        </a>
      }
    >
      <Notice tone="saved" title={t('roster.done')} announce="status">
        <p>{t('roster.done-counts', { households, residents })}</p>
        {leftOut > 0 && <p>{t('roster.done-left-out', { count: leftOut })}</p>}
        <p>{t(identity.value.state === 'active' ? 'roster.done-upload' : 'roster.done-local')}</p>
      </Notice>
    </Screen>
  )
}
