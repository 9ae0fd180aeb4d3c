import { t } from '../../i18n/translate'
import { useServices } from '../../services'
import { CheckCard } from './check-card'

/** Whether the residents are on this phone: before that, it should not leave the network. */
export function RosterCheck() {
  const { identity, roster, status } = useServices()
  if (identity.value.state !== 'active') return null
  const households = roster.value?.households ?? 0
  const asked = status.value.at === 'idle' && status.value.lastConfirmedAt !== undefined
  if (households > 0) {
    return (
      <CheckCard icon="household" title={t('check.roster')} state="ok">
        <p>{t('check.roster-ok', { count: households })}</p>
      </CheckCard>
    )
  }
  return (
    <CheckCard icon="household" title={t('check.roster')} state={asked ? 'unknown' : 'todo'}>
      <p>{t(asked ? 'check.roster-none' : 'check.roster-coming')}</p>
    </CheckCard>
  )
}
