import { useEffect, useState } from 'preact/hooks'
import { dayClockText, spanText } from '../../i18n/format'
import { t } from '../../i18n/translate'
import { useServices } from '../../services'
import { Button } from '../../ui/button'
import { CheckCard } from './check-card'

const RIGHT_WITHIN = 30_000 // ms; a record's minute is still right, or the next one

/** The phone's time against the server's, where it can be reached; else for a person to look at. */
export function ClockCheck() {
  const services = useServices()
  const [asked, setAsked] = useState<'asking' | 'measured' | 'unreached'>('asking')
  const ask = async () => {
    setAsked('asking')
    const measured = await services.measureClock()
    setAsked(measured.ok ? 'measured' : 'unreached')
  }
  useEffect(() => {
    void ask()
  }, [])
  const { offset } = services.clock.value
  const right = Math.abs(offset) <= RIGHT_WITHIN
  return (
    <CheckCard icon="clock" title={t('check.clock')} state={asked !== 'measured' ? 'unknown' : right ? 'ok' : 'todo'}>
      <p>
        <b>{t('check.clock-now', { time: dayClockText(Date.now()) })}</b>
      </p>
      {asked === 'measured' && right && <p>{t('check.clock-right')}</p>}
      {asked === 'measured' && !right && (
        <p>
          {t(offset < 0 ? 'check.clock-fast' : 'check.clock-slow', { by: spanText(offset) })} {t('check.clock-todo')}
        </p>
      )}
      {asked === 'unreached' && <p>{t('check.clock-unreached')}</p>}
      <div class="check-buttons">
        <Button busy={asked === 'asking'} onClick={() => void ask()}>
          {t('check.clock-try')}
        </Button>
      </div>
    </CheckCard>
  )
}
