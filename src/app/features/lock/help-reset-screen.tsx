import { useState } from 'preact/hooks'
import { may } from '../../../domain/role'
import { answerQuestion, type ResetError, type ResetQuestion, readQuestion } from '../../../vault/reset'
import { t } from '../../i18n/translate'
import { useServices } from '../../services'
import { CodeCamera } from '../../shell/code-camera'
import { Button } from '../../ui/button'
import { Notice } from '../../ui/notice'
import { QrCode } from '../../ui/qr-code'
import { Screen } from '../../ui/screen'
import './lock.css'

type Step =
  | { readonly at: 'scan'; readonly wrong?: ResetError }
  | { readonly at: 'confirm'; readonly question: ResetQuestion }
  | { readonly at: 'answer'; readonly text: string }

/** A lead gives a forgotten PIN back, eye to eye and without a network. */
export function HelpResetScreen() {
  const services = useServices()
  const { role, deviceId } = services.identity.value
  const [step, setStep] = useState<Step>({ at: 'scan' })

  const scanned = (text: string) => {
    const question = readQuestion(text)
    setStep(question.ok ? { at: 'confirm', question: question.value } : { at: 'scan', wrong: question.error })
  }
  const answer = async (question: ResetQuestion) => {
    const answered = await answerQuestion(question, { deviceId, receive: services.keys.receive })
    if (!answered.ok) return setStep({ at: 'scan', wrong: answered.error })
    await services.save([{ operation: { kind: 'access', what: 'pin-reset', about: question.deviceId } }])
    setStep({ at: 'answer', text: answered.value })
  }

  if (!may(role, 'reset-pin')) {
    return (
      <Screen title={t('lock.help')} back={{ href: '/status', label: t('common.back') }}>
        <Notice tone="wait" title={t('lock.help-not-allowed')} />
      </Screen>
    )
  }
  return (
    <Screen title={t('lock.help')} back={{ href: '/manage', label: t('common.back') }}>
      {step.at === 'scan' && (
        <>
          <p>{t('lock.help-scan')}</p>
          {step.wrong && (
            <Notice tone="wait" title={t(step.wrong === 'other-lead' ? 'lock.other-lead' : 'lock.not-a-question')} announce="alert" />
          )}
          <CodeCamera label={t('lock.help-scan')} onCode={scanned} />
        </>
      )}
      {step.at === 'confirm' && (
        <Notice tone="ask" icon="person" title={t('lock.help-confirm', { phone: step.question.deviceId.slice(0, 6) })} announce="alert">
          <p>{t('lock.help-confirm-todo')}</p>
          <Button look="main" tall wide onClick={() => void answer(step.question)}>
            {t('lock.help-do')}
          </Button>
        </Notice>
      )}
      {step.at === 'answer' && (
        <>
          <p>{t('lock.help-answer')}</p>
          <QrCode text={step.text} label={t('lock.answer-code')} level="L" live />
        </>
      )}
    </Screen>
  )
}
