import { useState } from 'preact/hooks'
import { observationOf } from '../../../domain/observation'
import { dayOf } from '../../../domain/time'
import { dayText } from '../../i18n/format'
import { t } from '../../i18n/translate'
import { useServices } from '../../services'
import { ContactLinks } from '../../shell/contact-links'
import { Button } from '../../ui/button'
import { Dialog } from '../../ui/dialog'
import { Icon } from '../../ui/icon'
import type { GateActions } from './gate-actions'
import type { Gate } from './gate-state'
import { Failed } from './stop-panel'

/** 请稍候: looks, sounds and reads like any other wait. What it is stands behind a tap. */
export function HeldPanel({ shown, actions }: { readonly shown: Extract<Gate, { at: 'held' }>; readonly actions: GateActions }) {
  const [open, setOpen] = useState(false)
  const { passing, failed } = shown
  return (
    <div class="gate told">
      <main>
        <Icon name="hand" size={72} />
        <div role="alert">
          <h1>{t('gate.wait-title')}</h1>
        </div>
        <p class="told-who">
          {passing.who.name} {passing.who.unit}
        </p>
        <p>{t('gate.held-todo')}</p>
        <Failed failed={failed} />
      </main>
      <footer class="gate-foot gate-foot-stacked">
        <Button look="main" tall wide onClick={() => setOpen(true)}>
          {t('gate.held-open')}
        </Button>
        <Button tall wide onClick={actions.back}>
          {t('common.back')}
        </Button>
      </footer>
      {open && <HeldDialog shown={shown} actions={actions} onClose={() => setOpen(false)} />}
    </div>
  )
}

interface HeldDialogProps {
  readonly shown: Extract<Gate, { at: 'held' }>
  readonly actions: GateActions
  readonly onClose: () => void
}

function HeldDialog({ shown, actions, onClose }: HeldDialogProps) {
  const { kept, now } = useServices()
  const today = dayOf(now(), -new Date().getTimezoneOffset())
  const { kind = 'home', until } = observationOf(kept.values.observations.value, shown.passing.who.subject, today) ?? {}
  const day = until ? dayText(Date.parse(`${until}T00:00:00`)) : ''
  return (
    <Dialog title={t(`gate.held-title-${kind}`, { day })} onClose={onClose}>
      <div class="gate-reasons">
        <Button tall wide icon="plus" onClick={() => void actions.medical(shown.passing)}>
          {t('gate.medical')}
        </Button>
        <p>{t('gate.held-what')}</p>
        <ContactLinks />
        <Button tall wide onClick={() => void actions.turnBack(shown)}>
          {t('gate.turn-back')}
        </Button>
        <Button look="quiet" wide onClick={() => void actions.wentOut(shown.passing)}>
          {t('gate.went-out')}
        </Button>
        <Button look="quiet" wide onClick={onClose}>
          {t('common.cancel')}
        </Button>
      </div>
    </Dialog>
  )
}
