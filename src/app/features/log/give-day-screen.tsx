import { useEffect, useState } from 'preact/hooks'
import { type Day, dayOf } from '../../../domain/time'
import { daysKept } from '../../../storage/facts'
import { checkCodeOf, readAsking } from '../../../vault/pass-on'
import { dayText } from '../../i18n/format'
import { t } from '../../i18n/translate'
import { useServices } from '../../services'
import { CodeCamera } from '../../shell/code-camera'
import { Button } from '../../ui/button'
import { Notice } from '../../ui/notice'
import { Screen } from '../../ui/screen'
import { Skeleton } from '../../ui/skeleton'
import { giveDay } from './day-exchange'
import { GiveFile } from './give-file'
import { lastMade, type MadeFile } from './hand-over-file'
import { zoneNow } from './use-day'
import './log.css'

type Step =
  | { readonly at: 'choose'; readonly wrong?: string }
  | { readonly at: 'scan'; readonly wrong?: string }
  | { readonly at: 'unknown'; readonly receiveKey: string; readonly check: string }
  | { readonly at: 'making' }
  | { readonly at: 'made'; readonly given: MadeFile }

/** This phone's day goes to the lead's phone as a sealed file: no network, and nobody on the way can read it. */
export function GiveDayScreen() {
  const services = useServices()
  const { db, now, identity, save } = services
  const today = dayOf(now(), zoneNow())
  const [days, setDays] = useState<readonly Day[]>([today])
  const [day, setDay] = useState(today)
  const [step, setStep] = useState<Step>(() => (lastMade.day.value ? { at: 'made', given: lastMade.day.value } : { at: 'choose' }))
  const leads = (identity.value.keys?.leads ?? []).filter(({ deviceId }) => deviceId !== identity.value.deviceId)
  useEffect(() => {
    void daysKept(db).then((kept) => setDays([...new Set([today, ...kept])]))
  }, [db, today])

  const give = async (receiveKey: string, to: string) => {
    setStep({ at: 'making' })
    const given = await giveDay(services, day, receiveKey)
    if (!given.ok) return setStep({ at: 'choose', wrong: t(given.error === 'empty' ? 'exchange.empty' : 'exchange.cannot-seal') })
    const logged = await save([{ operation: { kind: 'access', what: 'records-exported', about: day, detail: 'day-file', to } }])
    if (!logged.ok) return setStep({ at: 'choose', wrong: t('log.report-failed') })
    lastMade.day.value = given.value
    setStep({ at: 'made', given: given.value })
  }
  const scanned = async (text: string) => {
    const asking = readAsking(text)
    if (!asking.ok) return setStep({ at: 'scan', wrong: t('exchange.not-asking') })
    const lead = leads.find(({ receiveKey }) => receiveKey === asking.value)
    if (lead) return give(lead.receiveKey, lead.deviceId)
    setStep({ at: 'unknown', receiveKey: asking.value, check: await checkCodeOf(asking.value) })
  }
  const anew = () => {
    lastMade.day.value = undefined
    setStep({ at: 'choose' })
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
            <Button key={deviceId} tall wide onClick={() => void give(receiveKey, deviceId)}>
              {t('exchange.to-lead', { name: name || deviceId.slice(0, 4), phone: deviceId.slice(0, 4) })}
            </Button>
          ))}
        </>
      )}
      {step.at === 'scan' && (
        <>
          <CodeCamera label={t('exchange.scan')} onCode={(text) => void scanned(text)} />
          <Button wide onClick={anew}>
            {t('common.cancel')}
          </Button>
        </>
      )}
      {step.at === 'unknown' && (
        <>
          <Notice tone="wait" icon="warning" title={t('exchange.unknown-key')} announce="alert">
            <p class="exchange-check">{t('exchange.check', { code: step.check })}</p>
            <p>{t('exchange.unknown-key-todo')}</p>
          </Notice>
          <Button look="main" tall wide onClick={anew}>
            {t('exchange.not-to-them')}
          </Button>
          <Button look="danger" tall wide onClick={() => void give(step.receiveKey, step.check)}>
            {t('exchange.to-them')}
          </Button>
        </>
      )}
      {step.at === 'making' && <Skeleton label={t('exchange.making')} />}
      {step.at === 'made' && (
        <>
          <GiveFile title={t('exchange.made', { count: step.given.count })} file={step.given.file} todo={t('exchange.made-todo')} />
          <Button wide onClick={anew}>
            {t('exchange.another')}
          </Button>
        </>
      )}
    </Screen>
  )
}
