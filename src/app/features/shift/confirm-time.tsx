import { useState } from 'preact/hooks'
import { dayClockText } from '../../i18n/format'
import { t } from '../../i18n/translate'
import { useServices } from '../../services'
import { Button } from '../../ui/button'
import { Field } from '../../ui/field'
import { Notice } from '../../ui/notice'

/** The phone's clock may be wrong, and no server can tell: a person does. */
export function ConfirmTime({ onDone }: { readonly onDone: () => void }) {
  const { now, confirmClock } = useServices()
  const [changing, setChanging] = useState(false)
  const [day, setDay] = useState('')
  const [time, setTime] = useState('')
  const [wrong, setWrong] = useState(false)

  const keep = async () => {
    const told = new Date(`${day.trim()}T${time.trim().padStart(5, '0')}:00`).getTime()
    setWrong(Number.isNaN(told))
    if (Number.isNaN(told)) return
    await confirmClock(told - Date.now())
    onDone()
  }
  const right = async () => {
    await confirmClock(now() - Date.now())
    onDone()
  }

  return (
    <Notice tone="wait" icon="clock" title={t('shift.time-title', { time: dayClockText(now()) })} announce="status">
      <p>{t('shift.time-what')}</p>
      {!changing && (
        <>
          <Button look="main" tall wide onClick={() => void right()}>
            {t('shift.time-right')}
          </Button>
          <Button tall wide onClick={() => setChanging(true)}>
            {t('shift.time-wrong')}
          </Button>
        </>
      )}
      {changing && (
        <>
          <Field label={t('register.late-day')} hint="2020-02-18" value={day} onInput={setDay} inputMode="numeric" maxLength={10} />
          <Field
            label={t('register.late-time')}
            hint="07:31"
            value={time}
            onInput={setTime}
            maxLength={5}
            error={wrong ? t('shift.time-unreadable') : undefined}
          />
          <Button look="main" tall wide onClick={() => void keep()}>
            {t('common.save')}
          </Button>
        </>
      )}
    </Notice>
  )
}
