import { useEffect, useState } from 'preact/hooks'
import { type Day, dayOf } from '../../../domain/time'
import { daysKept } from '../../../storage/facts'
import { readAsking } from '../../../vault/pass-on'
import { dayText } from '../../i18n/format'
import { t } from '../../i18n/translate'
import { useServices } from '../../services'
import { CodeCamera } from '../../shell/code-camera'
import { Button } from '../../ui/button'
import { Notice } from '../../ui/notice'
import { Screen } from '../../ui/screen'
import { Skeleton } from '../../ui/skeleton'
import { type GivenDay, giveDay } from './day-exchange'
import { download, share } from './hand-over-file'
import { zoneNow } from './use-day'
import './log.css'

type Step =
  | { readonly at: 'choose'; readonly wrong?: string }
  | { readonly at: 'scan'; readonly wrong?: string }
  | { readonly at: 'making' }
  | { readonly at: 'made'; readonly given: GivenDay }

/** This phone's day goes to the lead's phone as a sealed file: no network, and nobody on the way can read it. */
export function GiveDayScreen() {
  const services = useServices()
  const { db, now, identity, save } = services
  const today = dayOf(now(), zoneNow())
  const [days, setDays] = useState<readonly Day[]>([today])
  const [day, setDay] = useState(today)
  const [step, setStep] = useState<Step>({ at: 'choose' })
  const leads = (identity.value.keys?.leads ?? []).filter(({ deviceId }) => deviceId !== identity.value.deviceId)
  useEffect(() => {
    void daysKept(db).then((kept) => setDays([...new Set([today, ...kept])]))
  }, [db, today])

  const give = async (receiveKey: string) => {
    setStep({ at: 'making' })
    const given = await giveDay(services, day, receiveKey)
    if (!given.ok) return setStep({ at: 'choose', wrong: t(given.error === 'empty' ? 'exchange.empty' : 'exchange.cannot-seal') })
    const logged = await save([{ operation: { kind: 'access', what: 'records-exported', about: day, detail: 'day-file' } }])
    setStep(logged.ok ? { at: 'made', given: given.value } : { at: 'choose', wrong: t('log.report-failed') })
  }
  const scanned = (text: string) => {
    const asking = readAsking(text)
    if (asking.ok) void give(asking.value)
    else setStep({ at: 'scan', wrong: t('exchange.not-asking') })
  }

  return (
    <Screen title={t('exchange.give')} back={{ href: '/log', label: t('common.back') }}>
      {(step.at === 'choose' || step.at === 'scan') && step.wrong && <Notice tone="wait" title={step.wrong} announce="alert" />}
      {step.at === 'choose' && (
        <>
          <p>{t('exchange.give-says')}</p>
          <fieldset class="log-days">
            <legend class="visually-hidden">{t('log.day')}</legend>
            {days.map((each) => (
              <Button key={each} pressed={each === day} onClick={() => setDay(each)}>
                {dayText(Date.parse(`${each}T12:00:00`))}
              </Button>
            ))}
          </fieldset>
          <Button look="main" tall wide icon="camera" onClick={() => setStep({ at: 'scan' })}>
            {t('exchange.scan')}
          </Button>
          {leads.map(({ deviceId, name, receiveKey }) => (
            <Button key={deviceId} tall wide onClick={() => void give(receiveKey)}>
              {t('exchange.to-lead', { name: name || deviceId.slice(0, 4), phone: deviceId.slice(0, 4) })}
            </Button>
          ))}
        </>
      )}
      {step.at === 'scan' && <CodeCamera label={t('exchange.scan')} onCode={scanned} />}
      {step.at === 'making' && <Skeleton label={t('exchange.making')} />}
      {step.at === 'made' && <Given given={step.given} />}
    </Screen>
  )
}

function Given({ given: { file, records } }: { readonly given: GivenDay }) {
  const canShare = navigator.canShare?.({ files: [file] }) ?? false
  return (
    <Notice tone="saved" title={t('exchange.made', { count: records })} announce="status">
      <p class="hand-in-file">{file.name}</p>
      <p>{t('exchange.made-todo')}</p>
      {canShare && (
        <Button look="main" wide tall icon="share" onClick={() => void share(file)}>
          {t('log.share')}
        </Button>
      )}
      <Button wide tall look={canShare ? 'plain' : 'main'} onClick={() => download(file)}>
        {t('log.download')}
      </Button>
    </Notice>
  )
}
