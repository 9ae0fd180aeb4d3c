import { useEffect, useState } from 'preact/hooks'
import { ok } from '../../../domain/result'
import { changeLock, readLock } from '../../../storage/lock-store'
import { wrapByPlatform } from '../../../vault/fingerprint'
import { type Lock, withPin, withPlatform } from '../../../vault/lock'
import { t } from '../../i18n/translate'
import { useServices } from '../../services'
import { hasPlatformLock, newPlatformCredential } from '../../shell/platform-lock'
import { Button } from '../../ui/button'
import { Notice } from '../../ui/notice'
import { Screen } from '../../ui/screen'
import { rawByPin, rawByPlatform, type UnlockError } from '../../unlocking'
import { NewPin } from './new-pin'
import { PinEntry } from './pin-entry'
import { unlockWords } from './pin-words'
import { SignOut } from './sign-out'
import './lock.css'

type Step =
  | { readonly at: 'shown'; readonly told?: 'pin-changed' | 'platform-on' | 'platform-failed' }
  | { readonly at: 'prove'; readonly then: 'new-pin' | 'platform' }
  | { readonly at: 'new-pin'; readonly raw: Uint8Array<ArrayBuffer> }

/** How this phone is locked: another PIN, the phone's own lock instead, or lock now. */
export function LockScreen() {
  const services = useServices()
  const [lock, setLock] = useState<Lock>()
  const [offered, setOffered] = useState(false)
  const [step, setStep] = useState<Step>({ at: 'shown' })
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<UnlockError>()
  useEffect(() => {
    void readLock<Lock>().then(setLock)
    void hasPlatformLock().then(setOffered)
  }, [])

  const keep = async (next: Lock, told: 'pin-changed' | 'platform-on') => {
    await changeLock<Lock>(() => next)
    setLock(next)
    setStep({ at: 'shown', told })
    await services.save([{ operation: { kind: 'access', what: 'pin-changed', detail: told } }])
  }
  const proven = async (then: 'new-pin' | 'platform', opened: Awaited<ReturnType<typeof rawByPin>>) => {
    if (!opened.ok) return setProblem(opened.error)
    setProblem(undefined)
    const { raw, lock: now } = opened.value
    if (then === 'new-pin') return setStep({ at: 'new-pin', raw })
    const made = await newPlatformCredential(t('app.name'))
    if (!made) return setStep({ at: 'shown', told: 'platform-failed' })
    await keep(withPlatform(now, await wrapByPlatform(raw, made)), 'platform-on')
  }
  const prove = async (then: 'new-pin' | 'platform', pin: string) => {
    setBusy(true)
    await proven(then, await rawByPin(pin))
    setBusy(false)
  }
  const begin = async (then: 'new-pin' | 'platform') => {
    setProblem(undefined)
    if (lock?.platform) return proven(then, await rawByPlatform())
    setStep({ at: 'prove', then })
    return ok(undefined)
  }

  return (
    <Screen title={t('lock.settings')} back={{ href: '/settings', label: t('common.back') }}>
      {step.at === 'shown' && (
        <>
          {step.told && (
            <Notice
              tone={step.told === 'platform-failed' ? 'wait' : 'saved'}
              icon="lock"
              title={t(`lock.${step.told}`)}
              announce="status"
            />
          )}
          {problem && <Notice tone="wait" title={unlockWords(problem)} announce="alert" />}
          <p>{t(lock?.platform ? 'lock.is-platform' : 'lock.is-pin')}</p>
          <Button tall wide icon="edit" onClick={() => void begin('new-pin')}>
            {t(lock?.platform ? 'lock.back-to-pin' : 'lock.change')}
          </Button>
          {offered && !lock?.platform && (
            <Button tall wide icon="fingerprint" onClick={() => void begin('platform')}>
              {t('lock.use-platform')}
            </Button>
          )}
          {offered && !lock?.platform && <p class="soft">{t('lock.use-platform-what')}</p>}
          <Button look="main" tall wide icon="lock" onClick={services.lock}>
            {t('lock.now')}
          </Button>
          <p class="soft">{t('lock.now-what')}</p>
          <SignOut />
        </>
      )}
      {step.at === 'prove' && (
        <PinEntry
          label={t('lock.old-pin')}
          action={t('common.continue')}
          busy={busy}
          error={problem && unlockWords(problem)}
          onPin={(pin) => void prove(step.then, pin)}
        />
      )}
      {step.at === 'new-pin' && (
        <NewPin
          hint={t('lock.choose-hint')}
          onPin={(pin) => {
            if (lock) void withPin(lock, step.raw, pin).then((next) => keep(next, 'pin-changed'))
          }}
        />
      )}
    </Screen>
  )
}
