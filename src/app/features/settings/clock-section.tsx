import { useState } from 'preact/hooks'
import { dayClockText, spanText } from '../../i18n/format'
import { t } from '../../i18n/translate'
import { useServices } from '../../services'
import { ConfirmTime } from '../../shell/confirm-time'
import { Button } from '../../ui/button'
import { Facts, Section } from '../../ui/facts'

const RIGHT_WITHIN = 30_000 // ms; a record's minute is still right, or the next one

/** The time that records carry, and how wrong the phone's own is. */
export function ClockSection() {
  const { clock, now } = useServices()
  const { offset, measuredAt, told, doubtful } = clock.value
  const [confirming, confirm] = useState(false)
  return (
    <Section title={t('status.clock')}>
      <p>{doubtful ? t('strip.clock-back') : measuredAt === 0 ? t('status.clock-unmeasured') : clockText(offset)}</p>
      <Facts
        facts={[
          { name: t('status.now'), value: dayClockText(now()) },
          ...(measuredAt === 0 ? [] : [{ name: t('status.clock-measured'), value: dayClockText(told?.at ?? measuredAt + offset) }]),
        ]}
      />
      {confirming && <ConfirmTime onDone={() => confirm(false)} />}
      {!confirming && !doubtful && (
        <Button icon="clock" onClick={() => confirm(true)}>
          {t('status.clock-confirm')}
        </Button>
      )}
    </Section>
  )
}

function clockText(offset: number): string {
  if (Math.abs(offset) <= RIGHT_WITHIN) return t('status.clock-right')
  return t(offset < 0 ? 'status.clock-fast' : 'status.clock-slow', { by: spanText(offset) })
}
