import { useEffect, useRef, useState } from 'preact/hooks'
import { isFullReport } from '../../../domain/report'
import { t } from '../../i18n/translate'
import type { Made, Reporter } from '../../reporting/reporter'
import { useServices } from '../../services'
import { Button } from '../../ui/button'
import { Notice } from '../../ui/notice'
import { Screen } from '../../ui/screen'
import { addressOf, askedOf, askingOf } from './asking'
import { exported } from './exported'
import { Making } from './making'
import { PaperPages } from './paper-pages'
import { type Asked, useReporter, useReportOnce } from './use-report'
import './log.css'
import './print.css'

const MOST_ROWS = 1_500 // two shifts of a busy gate; more are printed from the workbook, by a program that is made for it

/** A report as paper: A4 landscape, heading and number on each page, lines to sign on. With the daily report goes the picture of the day. */
export function PrintScreen() {
  const { identity, now } = useServices()
  const [asking] = useState(() => {
    const asked = askingOf(location.search, identity.value, now())
    // Names and units in full leave this phone as a file only, with their reason.
    return isFullReport(asked.kind) ? { ...asked, kind: 'daily' as const } : asked
  })
  const asked = askedOf(asking, identity.value)
  const reporter = useReporter()
  // Its length first: a very long one is not handed to this page at all.
  const counted = useReportOnce(reporter, asked, 'summary')
  const rows = counted.at === 'made' && counted.made.at === 'summary' ? counted.made.summary.rows : undefined
  const back = addressOf('/log/hand-in', asking)
  return (
    <Screen title={t('log.print')} back={{ href: back, label: t('common.back') }}>
      {counted.at !== 'made' && <Making making={counted} lines={8} />}
      {rows !== undefined && rows > MOST_ROWS && (
        <Notice tone="wait" icon="printer" title={t('log.print-too-long', { count: rows })} announce="status">
          <p>{t('log.print-too-long-todo')}</p>
          <a class="button button-main button-wide" href={back}>
            {t('log.print-file')}
          </a>
        </Notice>
      )}
      {rows !== undefined && rows <= MOST_ROWS && <Printable asked={asked} reporter={reporter} />}
    </Screen>
  )
}

function Printable({ asked, reporter }: { readonly asked: Asked; readonly reporter: Reporter }) {
  const making = useReportOnce(reporter, asked, 'sheet')
  if (making.at !== 'made') return <Making making={making} lines={8} />
  return making.made.at === 'sheet' ? <Printed asked={asked} made={making.made} /> : null
}

function Printed({
  asked,
  made: { sheet, picture, phones },
}: {
  readonly asked: Asked
  readonly made: Extract<Made, { readonly at: 'sheet' }>
}) {
  const services = useServices()
  const [progress, setProgress] = useState({ done: 0, isWhole: false })
  const [failed, setFailed] = useState(false)
  const told = useRef<Promise<boolean> | undefined>(undefined)

  /** Once a page view: what leaves on paper is in the log as a file is. */
  const tell = async () => {
    told.current ??= exported(services, asked, { fingerprint: sheet.fingerprint, phones })
    const isTold = await told.current
    if (!isTold) told.current = undefined
    setFailed(!isTold)
    return isTold
  }
  useEffect(() => {
    // By the browser's own menu too.
    const onPrint = () => void tell()
    addEventListener('beforeprint', onPrint)
    return () => removeEventListener('beforeprint', onPrint)
  }, [])

  return (
    <>
      {!progress.isWhole && (
        <div class="hand-in-making">
          <p role="status">{t('log.progress-paging', { done: progress.done, of: sheet.rows.length })}</p>
          <progress class="hand-in-progress" aria-label={t('log.print')} max={sheet.rows.length || 1} value={progress.done} />
        </div>
      )}
      {progress.isWhole && (
        <Button look="main" wide tall icon="printer" onClick={() => void tell().then((isTold) => isTold && print())}>
          {t('log.print-now')}
        </Button>
      )}
      {failed && (
        <Notice tone="stop" title={t('log.not-saved')} announce="alert">
          {t('log.print-unlogged')}
        </Notice>
      )}
      <PaperPages
        sheet={sheet}
        picture={sheet.kind === 'daily' ? picture : undefined}
        onProgress={(done, isWhole) => setProgress({ done, isWhole })}
      />
    </>
  )
}
