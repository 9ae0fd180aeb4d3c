import { useState } from 'preact/hooks'
import { dayOf, isoWithOffset } from '../../domain/time'
import { dayClockText } from '../i18n/format'
import { t } from '../i18n/translate'
import { useServices } from '../services'
import { Button } from '../ui/button'
import { Field } from '../ui/field'
import { Notice } from '../ui/notice'
import { STORAGE_WORDS } from './storage-words'

/** The phone's clock may be wrong, and no server can tell: a person does. */
export function ConfirmTime({ onDone }: { readonly onDone: () => void }) {
  const { now, clock, confirmClock } = useServices()
  const { doubtful, lastServerTime } = clock.value
  const [changing, setChanging] = useState(false)
  const zone = -new Date().getTimezoneOffset()
  const [day, setDay] = useState<string>(dayOf(now(), zone))
  const [time, setTime] = useState(isoWithOffset(now(), zone).slice(11, 16))
  const [error, setError] = useState<string>()

  const keep = async (told: number) => {
    if (told + MINUTE < lastServerTime) return setError(t('shift.time-before-server', { time: dayClockText(lastServerTime) }))
    const kept = await confirmClock(Math.round(told - Date.now()))
    if (!kept.ok) return setError(t(STORAGE_WORDS[kept.error.kind].todo))
    onDone()
  }
  const keepTyped = () => {
    const told = new Date(`${day}T${time}`).getTime()
    if (Number.isNaN(told)) return setError(t('shift.time-unreadable'))
    void keep(told)
  }

  return (
    <Notice
      tone="wait"
      icon="clock"
      title={t(doubtful ? 'shift.time-doubtful' : 'shift.time-title', { time: dayClockText(now()) })}
      announce="status"
    >
      <p>{t(doubtful ? 'shift.time-went-back' : 'shift.time-what')}</p>
      {!changing && (
        <>
          <Button look="main" tall wide onClick={() => (doubtful ? setChanging(true) : void keep(now()))}>
            {t(doubtful ? 'shift.time-set' : 'shift.time-right')}
          </Button>
          <Button tall wide onClick={() => (doubtful ? void keep(now()) : setChanging(true))}>
            {t(doubtful ? 'shift.time-is-right' : 'shift.time-wrong')}
          </Button>
        </>
      )}
      {changing && (
        <>
          <Field type="date" label={t('shift.time-day')} value={day} onInput={setDay} />
          <Field type="time" label={t('shift.time-clock')} value={time} onInput={setTime} />
          <Button look="main" tall wide onClick={keepTyped}>
            {t('common.save')}
          </Button>
        </>
      )}
      {error && (
        <p class="field-error" role="alert">
          {error}
        </p>
      )}
    </Notice>
  )
}

const MINUTE = 60_000 // ms; what a picker tells has no seconds
