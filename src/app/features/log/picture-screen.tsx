import { useState } from 'preact/hooks'
import { dayOf } from '../../../domain/time'
import { t } from '../../i18n/translate'
import { useServices } from '../../services'
import { Screen } from '../../ui/screen'
import { type Asking, addressOf, askedOf, askingOf } from './asking'
import { DayChoice } from './day-choice'
import { Making } from './making'
import { Picture } from './picture'
import { zoneNow } from './use-day'
import { useReportDays } from './use-days'
import { useReport, useReporter } from './use-report'
import './log.css'

/** 当日图: the day as its lead looks at it. */
export function PictureScreen() {
  const { now, identity } = useServices()
  const [asking, ask] = useState<Asking>(() => askingOf(`?day=${dayOf(now(), zoneNow())}`, identity.value, now()))
  const days = useReportDays()
  const making = useReport(useReporter(), askedOf(asking, identity.value), 'sheet')
  return (
    <Screen title={t('picture.title')} back={{ href: '/log', label: t('common.back') }}>
      <DayChoice days={days} chosen={asking} onChoose={(chosen) => ask({ ...asking, ...chosen })} />
      {making.at !== 'made' && <Making making={making} lines={8} />}
      {making.at === 'made' && making.made.at === 'sheet' && (
        <>
          <Picture picture={making.made.picture} />
          <a class="button button-plain button-wide" href={addressOf('/log/print', asking)}>
            {t('log.print')}
          </a>
        </>
      )}
    </Screen>
  )
}
