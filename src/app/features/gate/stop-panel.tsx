import { useState } from 'preact/hooks'
import type { StopCause } from '../../../domain/rules/verdict'
import { t } from '../../i18n/translate'
import { useServices } from '../../services'
import { ContactLinks } from '../../shell/contact-links'
import { gateHoursText, outingQuotaText } from '../../shell/rule-words'
import { STORAGE_WORDS } from '../../shell/storage-words'
import { Button } from '../../ui/button'
import { Dialog } from '../../ui/dialog'
import { Field } from '../../ui/field'
import { Icon } from '../../ui/icon'
import type { GateActions } from './gate-actions'
import type { Gate } from './gate-state'

/** Where the community decides, or knows. */
const CALLED_FOR: readonly StopCause[] = ['key-area', 'outing-quota', 'no-pass']

/** 暂不能通行: always why, and what to do next. */
export function StopPanel({ shown, actions }: { readonly shown: Extract<Gate, { at: 'stop' }>; readonly actions: GateActions }) {
  const { passing, why, failed } = shown
  const [excepting, except] = useState(false)
  // Another cause may stop them next: it is asked about anew.
  const take = (reason: string) => {
    except(false)
    void actions.except(passing, reason)
  }
  const { identity, rules } = useServices()
  const { collectingBody } = identity.value.community
  const limit = why === 'gate-hours' ? gateHoursText(rules.value) : why === 'outing-quota' ? outingQuotaText(rules.value) : undefined
  return (
    <div class="gate told">
      <main>
        <Icon name="hand" size={72} />
        <div role="alert">
          <h1>{t('gate.stop-title')}</h1>
        </div>
        <p class="told-who">
          {passing.who.name} {passing.who.unit}
        </p>
        <p class="told-why">{t(`stop.${why}`)}</p>
        {limit && <p>{limit}</p>}
        <p>{t(`stop.${why}-todo`, { body: collectingBody })}</p>
        {CALLED_FOR.includes(why) && <ContactLinks />}
        <Failed failed={failed} />
      </main>
      <footer class="gate-foot gate-foot-paired">
        <Button look="main" tall onClick={() => void actions.turnBack(shown)}>
          {t('gate.turn-back')}
        </Button>
        <Button tall onClick={() => except(true)}>
          {t('gate.except')}
        </Button>
        <Button tall onClick={actions.back}>
          {t('common.back')}
        </Button>
      </footer>
      {excepting && <ExceptDialog reasons={STOP_REASONS} onReason={take} onClose={() => except(false)} />}
    </div>
  )
}

export function Failed({ failed }: { readonly failed: Extract<Gate, { at: 'stop' }>['failed'] }) {
  if (!failed) return null
  return (
    <p class="gate-failed" role="alert">
      <Icon name="bar" />
      <span>
        <b>{t('gate.not-saved')}</b> {t(STORAGE_WORDS[failed.kind].title)}。{t(STORAGE_WORDS[failed.kind].todo)}
      </span>
    </p>
  )
}

export const STOP_REASONS = ['known', 'committee', 'supplies', 'child-or-elder'] as const

interface ExceptProps {
  /** One tap each; other words can be written. */
  readonly reasons: readonly ((typeof STOP_REASONS)[number] | 'low-cold' | 'low-thermometer')[]
  readonly onReason: (reason: string) => void
  readonly onClose: () => void
}

/** 例外放行: the reason is asked, and stands in the trail. */
export function ExceptDialog({ reasons, onReason, onClose }: ExceptProps) {
  const [reason, setReason] = useState('')
  const [empty, setEmpty] = useState(false)
  const take = () => (reason.trim() === '' ? setEmpty(true) : onReason(reason.trim()))
  return (
    <Dialog title={t('gate.except-why')} onClose={onClose}>
      <div class="gate-reasons">
        {reasons.map((each) => (
          <Button key={each} tall wide onClick={() => onReason(t(`gate.except-${each}`))}>
            {t(`gate.except-${each}`)}
          </Button>
        ))}
        <Field
          label={t('gate.except-other')}
          value={reason}
          onInput={setReason}
          maxLength={200}
          error={empty ? t('gate.except-empty') : undefined}
        />
        <Button look="main" wide onClick={take}>
          {t('gate.except')}
        </Button>
        <Button look="quiet" wide onClick={onClose}>
          {t('common.cancel')}
        </Button>
      </div>
    </Dialog>
  )
}
