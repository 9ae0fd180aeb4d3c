import { useEffect, useState } from 'preact/hooks'
import { reportSpan } from '../../../domain/hand-in-time'
import { isFullReport, REPORT_KINDS } from '../../../domain/report'
import { may } from '../../../domain/role'
import { FORMATS } from '../../../reports/file-name'
import { dayClockText } from '../../i18n/format'
import { t } from '../../i18n/translate'
import { useServices } from '../../services'
import { useKnownPhones } from '../../shell/use-known-phones'
import { Choice } from '../../ui/choice'
import { Field } from '../../ui/field'
import { Screen } from '../../ui/screen'
import { type Asking, addressOf, askedOf, askingOf, untilOf } from './asking'
import { DayChoice } from './day-choice'
import { lastMade } from './hand-over-file'
import { MakeFile } from './make-file'
import { Preview } from './preview'
import { zoneNow } from './use-day'
import { useReportDays } from './use-days'
import { useReporter } from './use-report'
import './log.css'

/** 交日志: which day, which report, in which form; made on this phone, with no network. */
export function HandInScreen() {
  const { now, identity } = useServices()
  const { role } = identity.value
  const [asking, ask] = useState<Asking>(() => askingOf(location.search, identity.value, now()))
  const [reason, setReason] = useState('')
  const days = useReportDays()
  const reporter = useReporter()
  useKnownPhones()
  useEffect(() => history.replaceState(history.state, '', addressOf('/log/hand-in', asking)), [asking])

  const { kind, format, cutOff } = asking
  const choose = (part: Partial<Asking>) => ask({ ...asking, handOver: undefined, ...part })
  const asked = askedOf(asking, identity.value)
  const kinds = REPORT_KINDS.filter((each) => !isFullReport(each) || may(role, 'export-full'))

  return (
    <Screen title={t('log.hand-in')} back={{ href: '/log', label: t('common.back') }}>
      <DayChoice days={days} chosen={asking} onChoose={choose} />
      <TimeWords asking={asking} />
      <Choice
        legend={t('log.report')}
        options={kinds.map((value) => ({ value, label: t(`log.report-${value}`), hint: t(`log.report-${value}-hint`) }))}
        value={kind}
        onChange={(value) => choose({ kind: value })}
      />
      {isFullReport(kind) && (
        <Field
          label={t('log.full-reason')}
          hint={t('log.full-reason-hint')}
          value={reason}
          onInput={(value) => {
            // The file that is there says another reason.
            lastMade.report.value = undefined
            setReason(value)
          }}
          maxLength={100}
          required
        />
      )}
      <label class="field">
        <span>{t('log.cut-off')}</span>
        <input type="time" value={cutOff} onInput={({ currentTarget: { value } }) => choose({ cutOff: value })} />
      </label>
      <Preview asked={asked} printed={addressOf('/log/print', asking)} reporter={reporter} />
      <Choice
        legend={t('log.format')}
        options={FORMATS.map((value) => ({ value, label: t(`log.format-${value}`) }))}
        value={format}
        onChange={(value) => choose({ format: value })}
        row
      />
      <MakeFile
        asked={asked}
        reason={reason.trim()}
        reporter={reporter}
        format={format}
        missing={isFullReport(kind) && reason.trim() === '' ? t('log.full-reason-missing') : undefined}
      />
    </Screen>
  )
}

/** A time that is not over is handed in all the same, and says so. */
function TimeWords({ asking }: { readonly asking: Asking }) {
  const { now, identity } = useServices()
  const { community } = identity.value
  const time = community.shifts.find(({ name }) => name === asking.shift)
  const { from, to } = reportSpan(asking.day, time, zoneNow(), untilOf(asking, community))
  if (now() >= to) return null
  const words = now() < from ? t('log.not-begun', { time: dayClockText(from) }) : t('log.not-over', { time: dayClockText(to) })
  return (
    <p class="hand-in-time" role="status">
      {words}
    </p>
  )
}
