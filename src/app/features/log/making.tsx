import type { ComponentChildren } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { t } from '../../i18n/translate'
import type { Progress } from '../../reporting/reporter'
import { Button } from '../../ui/button'
import { Notice } from '../../ui/notice'
import { Skeleton } from '../../ui/skeleton'
import type { Making as State } from './use-report'

const SHOWN_AFTER = 600 // ms; a small day is read before a hand could give it up

/** A report that is on its way, was given up, or failed: how far it is, and the way out. */
export function Making({ making, lines }: { readonly making: Exclude<State, { readonly at: 'made' }>; readonly lines: number }) {
  switch (making.at) {
    case 'making':
      return (
        <>
          <Late>
            <ProgressBar progress={making.progress} onCancel={making.cancel} />
          </Late>
          <Skeleton label={t('log.reading')} lines={lines} />
        </>
      )
    case 'cancelled':
      return (
        <Notice tone="plain" title={t('log.given-up')} announce="status">
          <Button onClick={making.again}>{t('common.retry')}</Button>
        </Notice>
      )
    case 'failed':
      return (
        <Notice tone="stop" title={t('log.report-failed')} announce="alert">
          <p>{t('log.report-failed-todo')}</p>
          <Button onClick={making.again}>{t('common.retry')}</Button>
        </Notice>
      )
    default:
      return making satisfies never
  }
}

function Late({ children }: { readonly children: ComponentChildren }) {
  const [shown, show] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => show(true), SHOWN_AFTER)
    return () => clearTimeout(timer)
  }, [])
  return shown ? children : null
}

export function ProgressBar({ progress, onCancel }: { readonly progress: Progress | undefined; readonly onCancel: () => void }) {
  const words = progress ? t(`log.progress-${progress.stage}`, { done: progress.done, of: progress.of }) : t('log.progress-start')
  return (
    <div class="hand-in-making">
      <p role="status">{words}</p>
      <progress class="hand-in-progress" aria-label={words} max={progress?.of || 1} value={progress?.done ?? 0} />
      <Button wide onClick={onCancel}>
        {t('common.cancel')}
      </Button>
    </div>
  )
}
