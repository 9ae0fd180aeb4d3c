import { useLocation } from 'preact-iso'
import { isFullReport, REPORT_KINDS } from '../../../domain/report'
import type { Day } from '../../../domain/time'
import { t } from '../../i18n/translate'
import { useServices } from '../../services'
import { Button } from '../../ui/button'
import { Notice } from '../../ui/notice'
import { Screen } from '../../ui/screen'
import { Skeleton } from '../../ui/skeleton'
import { orderOf, questionOf } from './hand-in-screen'
import { Picture } from './picture'
import { SheetPage } from './sheet-page'
import { useReport, useReporter } from './use-report'
import './log.css'
import './print.css'

/** A report as paper: A4 landscape, the heading on each page, lines to sign on. With the daily report goes the picture of the day. */
export function PrintScreen() {
  const { query } = useLocation()
  const { identity } = useServices()
  const { posts } = identity.value
  const kind = REPORT_KINDS.find((each) => each === query.kind && !isFullReport(each)) ?? 'daily'
  const until = query.until ? Number(query.until) : undefined
  const chosen = { day: (query.day ?? '') as Day, shift: query.shift, postId: posts.find(({ id }) => id === query.post)?.id }
  const asked = { question: questionOf(chosen, until), order: orderOf(chosen, kind, until, posts) }
  const making = useReport(useReporter(), asked, 'sheet')
  return (
    <Screen title={t('log.print')} back={{ href: '/log/hand-in', label: t('common.back') }}>
      {making.at === 'making' && <Skeleton label={t('log.reading')} lines={8} />}
      {making.at === 'failed' && <Notice tone="stop" title={t('log.report-failed')} announce="alert" />}
      {making.at === 'made' && making.made.at === 'sheet' && (
        <>
          <Button look="main" wide tall onClick={() => print()}>
            {t('log.print-now')}
          </Button>
          <SheetPage sheet={making.made.sheet} />
          {kind === 'daily' && (
            <div class="paper paper-next">
              <Picture picture={making.made.picture} />
            </div>
          )}
        </>
      )}
    </Screen>
  )
}
