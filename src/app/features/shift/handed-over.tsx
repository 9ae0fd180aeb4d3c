import { dayOf } from '../../../domain/time'
import { t } from '../../i18n/translate'
import { useServices } from '../../services'
import { Button } from '../../ui/button'
import { Notice } from '../../ui/notice'
import { Screen } from '../../ui/screen'

/** After both have signed. `to` is empty where nobody came. */
export function HandedOver({ open, to }: { readonly open: number; readonly to: string }) {
  const { counters, now, lock } = useServices()
  const { waiting } = counters.value
  return (
    <Screen title={t('shift.hand-over')}>
      <Notice tone="saved" title={t('shift.handed-over')} announce="status">
        {waiting > 0 && <p>{t('shift.still-unsent', { count: waiting })}</p>}
        <p>{to ? t('shift.now-recorded-by', { name: to }) : t('shift.nobody-now')}</p>
      </Notice>
      {open > 0 && (
        <a class="button button-main button-tall button-wide" href="/shift/give">
          {t('shift.give-open', { count: open })}
        </a>
      )}
      <a class="button button-tall button-wide" href={`/log/print?kind=hand-over&day=${dayOf(now(), -new Date().getTimezoneOffset())}`}>
        {t('shift.sheet')}
      </a>
      <Button tall wide icon="lock" onClick={lock}>
        {t('shift.lock')}
      </Button>
      <a class="button button-tall button-wide" href={to ? '/' : '/shift'}>
        {to ? t('shift.stay', { name: to }) : t('shift.sign-in')}
      </a>
    </Screen>
  )
}
