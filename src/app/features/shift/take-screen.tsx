import { useEffect, useState } from 'preact/hooks'
import { isOpenTold } from '../../../domain/case'
import { keepCases } from '../../../storage/cases'
import { storageError } from '../../../storage/storage-error'
import { publicKeyText } from '../../../trust/device-keys'
import { askingText, type Collected, collect, isWhole, openParts } from '../../../vault/pass-on'
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

type Step =
  | { readonly at: 'ask' }
  | { readonly at: 'collect'; readonly collected?: Collected }
  | { readonly at: 'done'; readonly count: number }
  | { readonly at: 'failed'; readonly words: string }

/** Takes over the open cases of the phone that goes home. Twice is harmless. */
export function TakeScreen() {
  const { keys, db, ownCodec, identity, kept, judgedBy } = useServices()
  const [step, setStep] = useState<Step>({ at: 'ask' })
  const [asking, setAsking] = useState<string>()
  useEffect(() => {
    void publicKeyText(keys.receive.publicKey).then((key) => setAsking(askingText(key)))
  }, [keys])

  const scanned = async (text: string) => {
    if (step.at !== 'collect') return
    const collected = collect(step.collected, text)
    if (!collected) return
    if (!isWhole(collected)) return setStep({ at: 'collect', collected })
    const opened = await openParts(collected, keys.receive)
    const read = opened.ok ? readAs(PassedOnSchema, opened.value) : opened
    if (!read.ok) return setStep({ at: 'failed', words: t('shift.take-unreadable') })
    if (read.value.communityId !== identity.value.community.id) return setStep({ at: 'failed', words: t('shift.take-other') })
    const cases = asCases(read.value.cases)
    try {
      await keepCases(db, ownCodec, cases, (told) => isOpenTold(told, judgedBy))
      await kept.reloadMatters()
      setStep({ at: 'done', count: cases.length })
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
      {step.at === 'done' && <Notice tone="saved" title={t('shift.taken', { count: step.count })} announce="status" />}
      {step.at === 'failed' && (
        <Notice tone="stop" title={step.words} announce="alert">
          <Button onClick={() => setStep({ at: 'ask' })}>{t('common.retry')}</Button>
        </Notice>
      )}
    </Screen>
  )
}
