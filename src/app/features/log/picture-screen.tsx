import { useEffect, useState } from 'preact/hooks'
import { type Day, dayOf } from '../../../domain/time'
import { daysKept } from '../../../storage/facts'
import { t } from '../../i18n/translate'
import { useServices } from '../../services'
import { Notice } from '../../ui/notice'
import { Screen } from '../../ui/screen'
import { Skeleton } from '../../ui/skeleton'
import { type Chosen, DayChoice } from './day-choice'
import { orderOf, printAddress, questionOf } from './hand-in-screen'
import { Picture } from './picture'
import { zoneNow } from './use-day'
import { useReport, useReporter } from './use-report'
import './log.css'

/** 当日图: the day as its lead looks at it. */
export function PictureScreen() {
  const { db, now, identity } = useServices()
  const today = dayOf(now(), zoneNow())
  const [days, setDays] = useState<readonly Day[]>([today])
  const [chosen, setChosen] = useState<Chosen>({ day: today, shift: undefined, postId: undefined })
  useEffect(() => {
    void daysKept(db).then((kept) => setDays([...new Set([today, ...kept])]))
  }, [db, today])
  const question = questionOf(chosen)
  const asked = { question, order: orderOf(chosen, 'daily', undefined, identity.value.posts) }
  const making = useReport(useReporter(), asked, 'sheet')
  return (
    <Screen title={t('picture.title')} back={{ href: '/log', label: t('common.back') }}>
      <DayChoice days={days} chosen={chosen} onChoose={setChosen} />
      {making.at === 'making' && <Skeleton label={t('log.reading')} lines={8} />}
      {making.at === 'failed' && <Notice tone="stop" title={t('log.report-failed')} announce="alert" />}
      {making.at === 'made' && making.made.at === 'sheet' && (
        <>
          <Picture picture={making.made.picture} />
          <a class="button button-plain button-wide" href={printAddress(question, 'daily')}>
            {t('log.print')}
          </a>
        </>
      )}
    </Screen>
  )
}
