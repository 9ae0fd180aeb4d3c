import { useState } from 'preact/hooks'
import { type AskingPhone, readAskingPhone } from '../../../vault/pass-on'
import { t } from '../../i18n/translate'
import { useServices } from '../../services'
import { CodeCamera } from '../../shell/code-camera'
import { useKnownPhones } from '../../shell/use-known-phones'
import { Button } from '../../ui/button'
import { Notice } from '../../ui/notice'
import { QrParts } from '../../ui/qr-parts'
import { Screen } from '../../ui/screen'
import { giveCases } from './passing-on'
import { phoneNameOf } from './phone-name'
import { openHere } from './shift-sum'

type Step =
  | { readonly at: 'scan'; readonly wrong?: boolean }
  | { readonly at: 'whose'; readonly asking: AskingPhone }
  | { readonly at: 'show'; readonly texts: readonly string[] }
  | { readonly at: 'too-many' }

/** The open cases of this post go to the next phone by codes, because this one goes home. A person says yes to whose phone it is. */
export function GiveScreen() {
  const services = useServices()
  const [step, setStep] = useState<Step>({ at: 'scan' })
  const open = openHere(services)
  useKnownPhones()

  const scanned = async (text: string) => {
    const asking = await readAskingPhone(text)
    setStep(asking.ok ? { at: 'whose', asking: asking.value } : { at: 'scan', wrong: true })
  }
  const give = async ({ receiveKey }: AskingPhone) => {
    const parts = await giveCases(services, receiveKey)
    setStep(parts.ok ? { at: 'show', texts: parts.value } : { at: 'too-many' })
  }

  return (
    <Screen title={t('shift.give')} back={{ href: '/shift', label: t('common.back') }}>
      {open.length === 0 && <Notice tone="saved" title={t('shift.nothing-open')} />}
      {open.length > 0 && step.at === 'scan' && (
        <>
          <p>{t('shift.give-scan', { count: open.length })}</p>
          {step.wrong && <Notice tone="wait" title={t('shift.not-asking')} announce="alert" />}
          <CodeCamera label={t('shift.give-scan', { count: open.length })} onCode={(text) => void scanned(text)} />
        </>
      )}
      {step.at === 'whose' && (
        <Whose asking={step.asking} count={open.length} onGive={() => void give(step.asking)} onBack={() => setStep({ at: 'scan' })} />
      )}
      {step.at === 'show' && (
        <>
          <p>{t('shift.give-show', { count: step.texts.length })}</p>
          <QrParts texts={step.texts} label={t('shift.give-code')} />
        </>
      )}
      {step.at === 'too-many' && <Notice tone="stop" title={t('shift.give-too-many')} announce="alert" />}
    </Screen>
  )
}

interface WhoseProps {
  readonly asking: AskingPhone
  readonly count: number
  readonly onGive: () => void
  readonly onBack: () => void
}

function Whose({ asking, count, onGive, onBack }: WhoseProps) {
  const services = useServices()
  const name = asking.deviceId && phoneNameOf(services, asking.deviceId)
  const title = name ? t('shift.whose-known', { name }) : t('shift.whose-unknown', { phone: asking.deviceId?.slice(0, 4) ?? '—' })
  return (
    <Notice tone={name ? 'ask' : 'wait'} icon="phone" title={title} announce="alert">
      <p>{t(name ? 'shift.whose-known-todo' : 'shift.whose-unknown-todo')}</p>
      <Button look="main" tall wide onClick={onGive}>
        {t('shift.whose-yes', { count })}
      </Button>
      <Button tall wide onClick={onBack}>
        {t('shift.whose-no')}
      </Button>
    </Notice>
  )
}
