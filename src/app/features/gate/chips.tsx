import type { VNode } from 'preact'
import { useState } from 'preact/hooks'
import { offersWrist } from '../../../domain/thermometer'
import { t } from '../../i18n/translate'
import { type Services, useServices } from '../../services'
import { Button } from '../../ui/button'
import { Dialog } from '../../ui/dialog'
import { Icon, type IconName } from '../../ui/icon'
import type { GateActions } from './gate-actions'
import { byUrgency, mattersHere } from './matters-here'
import { dismiss, recentReadings, stuck } from './recent-readings'
import { resumed } from './registers/parking'
import { MatterChip } from './wait-chips'

interface ChipsProps {
  readonly actions: GateActions
  /** How many find room beside 紧急放行 on the smallest phone; what does not is told by their number. */
  readonly most: number
}

/** 紧急放行 in one tap, with its details later; then what is under way beside the queue, the most urgent first. */
export function Chips({ actions, most }: ChipsProps) {
  const services = useServices()
  const [isOpen, setOpen] = useState(false)
  const chips = [...matterChips(services, actions), ...thermometerChips(services), ...laterChips(services, actions)]
  const shown = chips.slice(0, most)
  return (
    <>
      <ul class="wait-chips">
        <li>
          <button type="button" class="wait-chip chip-emergency" onClick={() => void actions.emergency('ambulance')}>
            <Icon name="siren" size={20} />
            {t('gate.emergency')}
          </button>
        </li>
        {shown.length < chips.length && (
          <li>
            <button type="button" class="wait-chip chip-plain chip-more" onClick={() => setOpen(true)}>
              {t('gate.chip-more', { count: chips.length - shown.length })}
            </button>
          </li>
        )}
        {shown}
      </ul>
      {isOpen && (
        <Dialog title={t('gate.chips-title')} onClose={() => setOpen(false)}>
          <ul class="chip-list">{chips}</ul>
          <Button wide look="quiet" onClick={() => setOpen(false)}>
            {t('common.close')}
          </Button>
        </Dialog>
      )}
    </>
  )
}

/** Of any phone of the post: a kill or a restart forgets nobody. */
function matterChips(services: Services, actions: GateActions): VNode[] {
  return byUrgency(mattersHere(services), services).map((matter) => (
    <li key={matter.passage.key}>
      <MatterChip matter={matter} onPick={actions.measureAgain} />
    </li>
  ))
}

/** In the cold the post goes over to the wrist; ten equal readings in a row are a thermometer's fault, never a person's. */
function thermometerChips({ rules, preferences, changePreferences }: Services): VNode[] {
  const toWrist = preferences.value.site === 'forehead' && offersWrist(recentReadings.value, rules.value)
  return [
    ...(toWrist ? [tap('wrist', 'thermometer', t('gate.chip-wrist'), () => void changePreferences({ site: 'wrist' }), 'wait-chip')] : []),
    ...stuck.value.map((told) => {
      const words = told.thermometer ? t('gate.chip-stuck-named', { thermometer: told.thermometer }) : t('gate.chip-stuck')
      return tap(`stuck ${told.thermometer}`, 'warning', words, () => dismiss(told), 'wait-chip')
    }),
  ]
}

/** Forms put aside, notices, the shift, and whom the post is led by. */
function laterChips({ kept, post }: Services, actions: GateActions): VNode[] {
  const { official } = post.value.setting ?? {}
  const unread = kept.notices.value.filter(({ readAt }) => readAt === 0).length
  const parked = kept.values.parked.value
  return [
    ...parked.map((form) => {
      const words = t('gate.chip-parked', { title: form.title })
      return tap(form.id, 'edit', words, () => actions.go(resumed(form, parked)), 'wait-chip chip-plain')
    }),
    ...(unread > 0 ? [link('/notices', 'file', t('gate.chip-notices', { count: unread }))] : []),
    ...(kept.values.shift.value ? [] : [link('/shift', 'clock', t('gate.chip-shift'))]),
    ...(official ? [link('/status', 'person', t('gate.official', { official }))] : []),
  ]
}

function tap(key: string, icon: IconName, words: string, onClick: () => void, look: string): VNode {
  return (
    <li key={key}>
      <button type="button" class={look} onClick={onClick}>
        <Icon name={icon} size={20} />
        {words}
      </button>
    </li>
  )
}

function link(href: string, icon: IconName, words: string): VNode {
  return (
    <li key={href}>
      <a class="wait-chip chip-plain" href={href}>
        <Icon name={icon} size={20} />
        {words}
      </a>
    </li>
  )
}
