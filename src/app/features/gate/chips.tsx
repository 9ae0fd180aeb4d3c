import { offersWrist } from '../../../domain/thermometer'
import { t } from '../../i18n/translate'
import { useServices } from '../../services'
import { Icon } from '../../ui/icon'
import type { GateActions } from './gate-actions'
import { dismiss, recentReadings, stuck } from './recent-readings'
import { resumed } from './registers/parking'
import { WaitChips } from './wait-chips'

/** 紧急放行 in one tap, with its details later; then what is under way beside the queue: who waits, incidents, forms put aside, notices, and what the readings tell of the thermometer. */
export function Chips({ actions }: { readonly actions: GateActions }) {
  const { kept, post } = useServices()
  const { official } = post.value.setting ?? {}
  const unread = kept.notices.value.filter(({ readAt }) => readAt === 0).length
  return (
    <ul class="wait-chips">
      <li>
        <button type="button" class="wait-chip chip-emergency" onClick={() => void actions.emergency('ambulance')}>
          <Icon name="siren" size={20} />
          {t('gate.emergency')}
        </button>
      </li>
      <WaitChips onPick={actions.measureAgain} />
      {kept.values.parked.value.map((form) => (
        <li key={form.id}>
          <button type="button" class="wait-chip chip-plain" onClick={() => actions.go(resumed(form, kept.values.parked.value))}>
            <Icon name="edit" size={20} />
            {t('gate.chip-parked', { title: form.title })}
          </button>
        </li>
      ))}
      {unread > 0 && (
        <li>
          <a class="wait-chip chip-plain" href="/notices">
            <Icon name="file" size={20} />
            {t('gate.chip-notices', { count: unread })}
          </a>
        </li>
      )}
      {!kept.values.shift.value && (
        <li>
          <a class="wait-chip chip-plain" href="/shift">
            <Icon name="clock" size={20} />
            {t('gate.chip-shift')}
          </a>
        </li>
      )}
      <ThermometerChips />
      {official && (
        <li>
          <a class="wait-chip chip-plain" href="/status">
            <Icon name="person" size={20} />
            {t('gate.official', { official })}
          </a>
        </li>
      )}
    </ul>
  )
}

/** In the cold the post goes over to the wrist; ten equal readings in a row are a thermometer's fault, never a person's. */
function ThermometerChips() {
  const { rules, preferences, changePreferences } = useServices()
  const toWrist = preferences.value.site === 'forehead' && offersWrist(recentReadings.value, rules.value)
  return (
    <>
      {toWrist && (
        <li>
          <button type="button" class="wait-chip" onClick={() => void changePreferences({ site: 'wrist' })}>
            <Icon name="thermometer" size={20} />
            {t('gate.chip-wrist')}
          </button>
        </li>
      )}
      {stuck.value.map((told) => (
        <li key={told.thermometer}>
          <button type="button" class="wait-chip" onClick={() => dismiss(told)}>
            <Icon name="warning" size={20} />
            {told.thermometer ? t('gate.chip-stuck-named', { thermometer: told.thermometer }) : t('gate.chip-stuck')}
          </button>
        </li>
      ))}
    </>
  )
}
