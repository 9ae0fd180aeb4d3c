import { useEffect, useState } from 'preact/hooks'
import { type Identity, readIdentity } from '../../../storage/identity'
import { publicKeyText } from '../../../trust/device-keys'
import type { Lock } from '../../../vault/lock'
import { newAnswerPair, questionText, readAnswer } from '../../../vault/reset'
import { t } from '../../i18n/translate'
import { CodeCamera } from '../../shell/code-camera'
import { STORAGE_WORDS } from '../../shell/storage-words'
import { Button } from '../../ui/button'
import { Choice } from '../../ui/choice'
import { Notice } from '../../ui/notice'
import { QrCode } from '../../ui/qr-code'
import { Screen } from '../../ui/screen'
import { resetPin } from '../../unlocking'
import { NewPin } from './new-pin'

type Step =
  | { readonly at: 'choose' }
  | { readonly at: 'ask'; readonly question: string; readonly pair: CryptoKeyPair }
  | { readonly at: 'answer'; readonly pair: CryptoKeyPair; readonly wrong: boolean }
  | { readonly at: 'new-pin'; readonly raw: Uint8Array<ArrayBuffer>; readonly problem?: string }

/** A lead's phone gives the key back: this phone shows a code, the lead's shows one in return. Nothing here is lost by it. */
export function ForgottenPin({ lock, onBack }: { readonly lock: Lock; readonly onBack: () => void }) {
  const [identity, setIdentity] = useState<Identity>()
  const [step, setStep] = useState<Step>({ at: 'choose' })
  useEffect(() => {
    void readIdentity().then(setIdentity)
  }, [])
  const helpers = (identity?.keys?.leads ?? []).filter(({ deviceId }) => lock.recovery[deviceId])

  const ask = async (leadId: string) => {
    const envelope = lock.recovery[leadId]
    if (!identity || !envelope) return
    const pair = await newAnswerPair()
    const question = questionText({ deviceId: identity.deviceId, leadId, envelope, answerTo: await publicKeyText(pair.publicKey) })
    setStep({ at: 'ask', question, pair })
  }
  const answered = async (text: string, pair: CryptoKeyPair) => {
    const raw = await readAnswer(text, pair)
    setStep(raw.ok ? { at: 'new-pin', raw: raw.value } : { at: 'answer', pair, wrong: true })
  }
  const choose = async (raw: Uint8Array<ArrayBuffer>, pin: string) => {
    const done = await resetPin(raw.slice(), pin)
    if (!done.ok) setStep({ at: 'new-pin', raw, problem: t(STORAGE_WORDS[done.error.kind].todo) })
  }

  return (
    <Screen
      title={t('lock.forgotten')}
      foot={
        <Button tall wide onClick={onBack}>
          {t('common.back')}
        </Button>
      }
    >
      {step.at === 'choose' && (
        <>
          <p>{t('lock.forgotten-what')}</p>
          {helpers.length === 0 && identity && (
            <Notice tone="wait" title={t('lock.no-helper')}>
              {t('lock.no-helper-todo')}
            </Notice>
          )}
          {helpers.length > 0 && (
            <Choice
              legend={t('lock.which-lead')}
              value={undefined}
              onChange={(leadId) => void ask(leadId)}
              options={helpers.map(({ deviceId, name }) => ({ value: deviceId as string, label: name, hint: deviceId.slice(0, 6) }))}
            />
          )}
        </>
      )}
      {step.at === 'ask' && (
        <>
          <p>{t('lock.show-question')}</p>
          <QrCode text={step.question} label={t('lock.question-code')} level="L" live />
          <Button look="main" tall wide onClick={() => setStep({ at: 'answer', pair: step.pair, wrong: false })}>
            {t('lock.scan-answer')}
          </Button>
        </>
      )}
      {step.at === 'answer' && (
        <>
          <p>{t('lock.aim-answer')}</p>
          {step.wrong && <Notice tone="wait" title={t('lock.not-the-answer')} announce="alert" />}
          <CodeCamera label={t('lock.aim-answer')} onCode={(text) => void answered(text, step.pair)} />
        </>
      )}
      {step.at === 'new-pin' && <NewPin hint={t('lock.choose-hint')} error={step.problem} onPin={(pin) => void choose(step.raw, pin)} />}
    </Screen>
  )
}
