import { useEffect } from 'preact/hooks'
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

/** ms: long enough to read that it is signed, and to go on to the sheet. */
const LOCKS_AFTER = 15_000

/** After both have signed; where nobody came, the phone locks itself. */
export function HandedOver({ open, to, handOver }: HandedOverProps) {
  const { counters, now, lock } = useServices()
  const day = dayOf(now(), -new Date().getTimezoneOffset())
  const sheet = new URLSearchParams({ kind: 'hand-over', day, ...(handOver ? { 'hand-over': handOver } : {}) })
  const { waiting } = counters.value
  useEffect(() => {
    if (to) return
    const timer = setTimeout(lock, LOCKS_AFTER)
    return () => clearTimeout(timer)
  }, [to, lock])
  return (
    <Screen title={t('shift.hand-over')}>
      <Notice tone="saved" title={t('shift.handed-over')} announce="status">
        {waiting > 0 && <p>{t('shift.still-unsent', { count: waiting })}</p>}
        <p>{to ? t('shift.now-recorded-by', { name: to }) : t('shift.nobody-now')}</p>
        {!to && <p>{t('shift.locks-soon', { seconds: LOCKS_AFTER / 1000 })}</p>}
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
