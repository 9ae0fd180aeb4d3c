import { t } from '../../i18n/translate'
import { courierWho } from '../../shell/who'
import { Button } from '../../ui/button'
import type { GateActions } from './gate-actions'

/** Where people are only counted, few of the ways are ever gone. */
export function FewWays({ actions }: { readonly actions: GateActions }) {
  return (
    <div class="gate-ways">
      <Button tall icon="search" onClick={() => actions.go({ at: 'find' })}>
        {t('gate.find')}
      </Button>
      <Button tall onClick={() => actions.go({ at: 'arrival' })}>
        {t('gate.way-arrival')}
      </Button>
      <Button tall onClick={() => actions.go({ at: 'more' })}>
        {t('gate.way-more')}
      </Button>
    </div>
  )
}

/** What happens when there is no card. */
export function Ways({ actions }: { readonly actions: GateActions }) {
  return (
    <div class="gate-ways">
      <Button tall icon="search" onClick={() => actions.go({ at: 'find' })}>
        {t('gate.find')}
      </Button>
      <Button tall onClick={() => actions.go({ at: 'visitor' })}>
        {t('gate.way-visitor')}
      </Button>
      <Button tall onClick={() => void actions.person(courierWho({}, 'written'))}>
        {t('gate.way-courier')}
      </Button>
      <Button onClick={() => actions.go({ at: 'vehicle' })}>{t('gate.way-vehicle')}</Button>
      <Button onClick={() => actions.go({ at: 'arrival' })}>{t('gate.way-arrival')}</Button>
      <Button onClick={() => actions.go({ at: 'more' })}>{t('gate.way-more')}</Button>
    </div>
  )
}
