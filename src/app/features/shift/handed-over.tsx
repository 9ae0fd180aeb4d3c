import type { OperationKey } from '../../../domain/ids'
import { dayOf } from '../../../domain/time'
import { t } from '../../i18n/translate'
import { useServices } from '../../services'
import { Button } from '../../ui/button'
import { Notice } from '../../ui/notice'
import { Screen } from '../../ui/screen'

export interface HandedOverProps {
  readonly open: number
  /** Empty where nobody came. */
  readonly to: string
  /** Of the hand-over that was signed: its sheet is printed, not the day's. */
  readonly handOver: OperationKey | undefined
}

/** After both have signed. */
export function HandedOver({ open, to, handOver }: HandedOverProps) {
  const { counters, now, lock } = useServices()
  const day = dayOf(now(), -new Date().getTimezoneOffset())
  const sheet = new URLSearchParams({ kind: 'hand-over', day, ...(handOver ? { 'hand-over': handOver } : {}) })
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
      <a class="button button-tall button-wide" href={`/log/print?${sheet}`}>
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
