import { useEffect, useState } from 'preact/hooks'
import { isOpenTold } from '../../../domain/case'
import { keepCases } from '../../../storage/cases'
import { storageError } from '../../../storage/storage-error'
import { type Collected, collect, isWhole, openParts, signedAskingText } from '../../../vault/pass-on'
import { readAs } from '../../../wire/read'
import { asCases, PassedOnSchema } from '../../../wire/sync'
import { t } from '../../i18n/translate'
import { useServices } from '../../services'
import { CodeCamera } from '../../shell/code-camera'
import { STORAGE_WORDS } from '../../shell/storage-words'
import { Button } from '../../ui/button'
import { Notice } from '../../ui/notice'
import { QrCode } from '../../ui/qr-code'
import { Screen } from '../../ui/screen'
import { mayTake } from './passing-on'
import { phoneNameOf } from './phone-name'

type Step =
  | { readonly at: 'ask' }
  | { readonly at: 'collect'; readonly collected?: Collected }
  | { readonly at: 'look'; readonly taken: Taken }
  | { readonly at: 'done'; readonly count: number; readonly from: string }
  | { readonly at: 'failed'; readonly words: string }

interface Taken {
  readonly cases: ReturnType<typeof asCases>
  /** The post, and the phone as the lists call it. */
  readonly from: string
  readonly isKnown: boolean
}

/** Takes over the open cases of the phone that goes home. Twice is harmless. */
export function TakeScreen() {
  const services = useServices()
  const { keys, db, ownCodec, identity, kept, judgedBy } = services
  const [step, setStep] = useState<Step>({ at: 'ask' })
  const [asking, setAsking] = useState<string>()
  useEffect(() => {
    void signedAskingText(keys).then(setAsking)
  }, [keys])

  const scanned = async (text: string) => {
    if (step.at !== 'collect') return
    const collected = collect(step.collected, text)
    if (!collected) return
    if (!isWhole(collected)) return setStep({ at: 'collect', collected })
    const opened = await openParts(collected, keys.receive)
    const read = opened.ok ? readAs(PassedOnSchema, opened.value.passed) : opened
    if (!read.ok || !opened.ok) return setStep({ at: 'failed', words: t('shift.take-unreadable') })
    if (!mayTake(read.value.communityId, identity.value)) return setStep({ at: 'failed', words: t('shift.take-other') })
    const name = phoneNameOf(services, opened.value.deviceId)
    const from = [read.value.from, name ?? opened.value.deviceId.slice(0, 4)].join(' ')
    const taken = { cases: asCases(read.value.cases), from, isKnown: name !== undefined }
    if (taken.isKnown) await keep(taken)
    else setStep({ at: 'look', taken })
  }
  const keep = async ({ cases, from }: Taken) => {
    try {
      await keepCases(db, ownCodec, cases, (told) => isOpenTold(told, judgedBy))
      await kept.reloadMatters()
      setStep({ at: 'done', count: cases.length, from })
    } catch (cause) {
      setStep({ at: 'failed', words: t(STORAGE_WORDS[storageError(cause).kind].todo) })
    }
  }

  return (
    <Screen title={t('shift.take')} back={{ href: '/shift', label: t('common.back') }}>
      {step.at === 'ask' && asking && (
        <>
          <p>{t('shift.take-show')}</p>
          <QrCode text={asking} label={t('shift.take-code')} level="L" live />
          <p>{t('shift.take-number', { phone: identity.value.deviceId.slice(0, 4) })}</p>
          <Button look="main" tall wide onClick={() => setStep({ at: 'collect' })}>
            {t('shift.take-next')}
          </Button>
        </>
      )}
      {step.at === 'collect' && (
        <>
          <p role="status">
            {step.collected ? t('shift.take-progress', { read: step.collected.parts.size, of: step.collected.of }) : t('shift.take-scan')}
          </p>
          <CodeCamera label={t('shift.take-scan')} onCode={(text) => void scanned(text)} />
        </>
      )}
      {step.at === 'look' && (
        <Notice tone="wait" icon="phone" title={t('shift.taken-unknown', { from: step.taken.from })} announce="alert">
          <p>{t('shift.taken-unknown-todo')}</p>
          <Button look="main" tall wide onClick={() => void keep(step.taken)}>
            {t('shift.taken-keep', { count: step.taken.cases.length })}
          </Button>
          <Button tall wide onClick={() => setStep({ at: 'ask' })}>
            {t('shift.whose-no')}
          </Button>
        </Notice>
      )}
      {step.at === 'done' && (
        <Notice tone="saved" title={t('shift.taken', { count: step.count })} announce="status">
          {t('shift.taken-from', { from: step.from })}
        </Notice>
      )}
      {step.at === 'failed' && (
        <Notice tone="stop" title={step.words} announce="alert">
          <Button onClick={() => setStep({ at: 'ask' })}>{t('common.retry')}</Button>
        </Notice>
      )}
    </Screen>
  )
}
