import { useEffect, useId, useState } from 'preact/hooks'
import { type Merging, mergeDays } from '../../../storage/merged-days'
import { storageError } from '../../../storage/storage-error'
import { publicKeyText } from '../../../trust/device-keys'
import { askingText, checkCodeOf } from '../../../vault/pass-on'
import { clockText, dayText } from '../../i18n/format'
import { t } from '../../i18n/translate'
import { useServices } from '../../services'
import { STORAGE_WORDS } from '../../shell/storage-words'
import { useKnownPhones } from '../../shell/use-known-phones'
import { Button } from '../../ui/button'
import { Notice } from '../../ui/notice'
import { QrCode } from '../../ui/qr-code'
import { Screen } from '../../ui/screen'
import { readDay, type TakeError, type TakenDay } from './day-exchange'
import './log.css'

type Step =
  | { readonly at: 'ask' }
  | { readonly at: 'refused'; readonly error: TakeError['kind'] }
  | { readonly at: 'look'; readonly taken: TakenDay }
  | { readonly at: 'done'; readonly merging: Merging; readonly taken: TakenDay }
  | { readonly at: 'failed'; readonly words: string }

const MERGED = { merged: 'exchange.merged', same: 'exchange.same', older: 'exchange.older' } as const

/** Another phone's day is put to this one's: shown first, then kept. Twice is harmless. */
export function TakeDayScreen() {
  const services = useServices()
  const { keys, db, ownCodec } = services
  const [step, setStep] = useState<Step>({ at: 'ask' })
  const [own, setOwn] = useState<{ readonly asking: string; readonly check: string }>()
  const id = useId()
  useKnownPhones()
  useEffect(() => {
    void publicKeyText(keys.receive.publicKey).then(async (key) => setOwn({ asking: askingText(key), check: await checkCodeOf(key) }))
  }, [keys])

  const chosen = async (file: File) => {
    const read = await readDay(services, new Uint8Array(await file.arrayBuffer()))
    setStep(read.ok ? { at: 'look', taken: read.value } : { at: 'refused', error: read.error.kind })
  }
  const keep = async (taken: TakenDay) => {
    try {
      setStep({ at: 'done', taken, merging: await mergeDays(db, ownCodec, taken.days, Date.now()) })
    } catch (cause) {
      setStep({ at: 'failed', words: t(STORAGE_WORDS[storageError(cause).kind].todo) })
    }
  }

  return (
    <Screen title={t('exchange.take')} back={{ href: '/log', label: t('common.back') }}>
      {step.at === 'refused' && (
        <Notice tone="wait" title={t(`exchange.refused-${step.error}`)} announce="alert">
          {t(`exchange.refused-${step.error}-todo`)}
        </Notice>
      )}
      {step.at === 'failed' && <Notice tone="stop" title={step.words} announce="alert" />}
      {step.at === 'look' && <Look taken={step.taken} onKeep={() => void keep(step.taken)} />}
      {step.at === 'done' && (
        <Notice tone="saved" title={t(MERGED[step.merging], { name: step.taken.name })} announce="status">
          <a href="/log/hand-in">{t('log.hand-in')}</a>
        </Notice>
      )}
      {step.at !== 'look' && (
        <>
          <p>{t('exchange.take-says')}</p>
          {own && (
            <>
              <QrCode text={own.asking} label={t('exchange.code')} level="L" live />
              <p class="exchange-check">{t('exchange.check', { code: own.check })}</p>
            </>
          )}
          <div class="choose-file">
            <input
              id={id}
              type="file"
              onChange={({ currentTarget }) => {
                const [file] = currentTarget.files ?? []
                // The same file may be chosen again.
                currentTarget.value = ''
                if (file) void chosen(file)
              }}
            />
            <label for={id} class="button button-main button-tall button-wide">
              {t('exchange.choose')}
            </label>
          </div>
        </>
      )}
    </Screen>
  )
}

function Look({
  taken: { name, deviceId, madeAt, days, records, from, to, isKnown },
  onKeep,
}: {
  readonly taken: TakenDay
  readonly onKeep: () => void
}) {
  return (
    <>
      <Notice tone="plain" title={t('exchange.look', { name, count: records })} announce="status">
        <p>
          {t('exchange.look-span', {
            day: days.map(({ day }) => dayText(Date.parse(`${day}T12:00:00`))).join(' / '),
            from: clockText(from),
            to: clockText(to),
            made: clockText(madeAt),
          })}
        </p>
      </Notice>
      {!isKnown && (
        <Notice tone="wait" title={t('exchange.unknown', { phone: deviceId.slice(0, 4) })}>
          {t('exchange.unknown-todo')}
        </Notice>
      )}
      <Button look="main" tall wide onClick={onKeep}>
        {t('exchange.keep')}
      </Button>
    </>
  )
}
