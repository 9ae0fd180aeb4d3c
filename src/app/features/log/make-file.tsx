import { useEffect, useRef, useState } from 'preact/hooks'
import type { Format } from '../../../reports/file-name'
import { MEDIA_TYPES } from '../../../reports/file-name'
import { t } from '../../i18n/translate'
import type { Made, Progress, Reporter } from '../../reporting/reporter'
import { type Services, useServices } from '../../services'
import { Button } from '../../ui/button'
import { Notice } from '../../ui/notice'
import { download, share } from './hand-over-file'
import { type Asked, jobOf } from './use-report'

type State =
  | { readonly at: 'idle' }
  | { readonly at: 'making'; readonly progress?: Progress; readonly cancel: AbortController }
  | { readonly at: 'done'; readonly file: File; readonly rows: number }
  | { readonly at: 'failed' }

export interface MakeFileProps {
  readonly asked: Asked
  readonly reporter: Reporter
  readonly format: Format
  /** Why nothing can be made yet. */
  readonly missing: string | undefined
}

/** Makes the file, then gives it: the share sheet wants a tap of its own, and a large report takes longer than a tap lasts. */
export function MakeFile({ asked, reporter, format, missing }: MakeFileProps) {
  const services = useServices()
  const [state, setState] = useState<State>({ at: 'idle' })
  const [told, tell] = useState<string>()
  const running = useRef<AbortController | undefined>(undefined)
  const name = JSON.stringify([asked.question, asked.order, format])
  useEffect(() => {
    setState({ at: 'idle' })
    tell(undefined)
    return () => running.current?.abort()
  }, [name])

  const make = async () => {
    if (missing) return tell(missing)
    tell(undefined)
    const cancel = new AbortController()
    running.current = cancel
    setState({ at: 'making', cancel })
    const made = await reporter.run(jobOf(services, asked, format), cancel.signal, (progress) =>
      setState({ at: 'making', progress, cancel }),
    )
    if (cancel.signal.aborted) return setState({ at: 'idle' })
    if (!made.ok || made.value.at !== 'file') return setState({ at: 'failed' })
    const { bytes, name: fileName, rows, ...told } = made.value
    // What was given out is in the log before anybody has it.
    if (!(await logged(services, asked, told))) return setState({ at: 'failed' })
    setState({ at: 'done', file: new File([bytes], fileName, { type: MEDIA_TYPES[format] }), rows })
  }

  return (
    <section class="log-export">
      {state.at !== 'done' && (
        <Button look="main" wide tall icon="share" busy={state.at === 'making'} onClick={() => void make()}>
          {t('log.make')}
        </Button>
      )}
      {told && (
        <p class="field-error" role="alert">
          {told}
        </p>
      )}
      {state.at === 'making' && <Bar progress={state.progress} onCancel={() => state.cancel.abort()} />}
      {state.at === 'failed' && (
        <Notice tone="stop" title={t('log.report-failed')} announce="alert">
          {t('log.report-failed-todo')}
        </Notice>
      )}
      {state.at === 'done' && <Done file={state.file} rows={state.rows} />}
    </section>
  )
}

type Told = Pick<Extract<Made, { readonly at: 'file' }>, 'fingerprint' | 'phones'>

async function logged(services: Services, { question: { day }, order: { kind, reason } }: Asked, told: Told): Promise<boolean> {
  const operation = {
    kind: 'access',
    what: 'records-exported',
    about: day,
    detail: kind,
    fingerprint: told.fingerprint,
    phones: told.phones,
    ...(reason ? { reason } : {}),
  } as const
  return (await services.save([{ operation }])).ok
}

function Bar({ progress, onCancel }: { readonly progress: Progress | undefined; readonly onCancel: () => void }) {
  const words = progress ? t(`log.progress-${progress.stage}`, { done: progress.done, of: progress.of }) : t('log.progress-start')
  return (
    <>
      <p role="status">{words}</p>
      <progress class="hand-in-progress" aria-label={words} max={progress?.of || 1} value={progress?.done ?? 0} />
      <Button wide onClick={onCancel}>
        {t('common.cancel')}
      </Button>
    </>
  )
}

function Done({ file, rows }: { readonly file: File; readonly rows: number }) {
  const [said, say] = useState<string>()
  const canShare = navigator.canShare?.({ files: [file] }) ?? false
  const give = async () => {
    if (!(await share(file))) say(t('log.share-refused'))
  }
  return (
    <Notice tone="saved" title={t('log.made', { count: rows })} announce="status">
      <p class="hand-in-file">{file.name}</p>
      {canShare && (
        <Button look="main" wide tall icon="share" onClick={() => void give()}>
          {t('log.share')}
        </Button>
      )}
      <Button wide tall look={canShare ? 'plain' : 'main'} onClick={() => download(file)}>
        {t('log.download')}
      </Button>
      {said && <p role="alert">{said}</p>}
    </Notice>
  )
}
