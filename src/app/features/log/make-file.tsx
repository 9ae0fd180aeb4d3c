import { useEffect, useRef, useState } from 'preact/hooks'
import type { Format } from '../../../reports/file-name'
import { MEDIA_TYPES } from '../../../reports/file-name'
import { t } from '../../i18n/translate'
import type { Progress, Reporter } from '../../reporting/reporter'
import { useServices } from '../../services'
import { Button } from '../../ui/button'
import { Notice } from '../../ui/notice'
import { exported } from './exported'
import { GiveFile } from './give-file'
import { lastMade } from './hand-over-file'
import { ProgressBar } from './making'
import { type Asked, jobOf } from './use-report'

type State =
  | { readonly at: 'idle' }
  | { readonly at: 'making'; readonly progress?: Progress; readonly cancel: AbortController }
  | { readonly at: 'failed' }

export interface MakeFileProps {
  readonly asked: Asked
  /** Why a full ledger is made; empty: nothing is told. */
  readonly reason: string
  readonly reporter: Reporter
  readonly format: Format
  /** Why nothing can be made yet. */
  readonly missing: string | undefined
}

/** Makes the file, then gives it: the share sheet wants a tap of its own, and a large report takes longer than a tap lasts. */
export function MakeFile({ asked: { question, order }, reason, reporter, format, missing }: MakeFileProps) {
  const services = useServices()
  const [state, setState] = useState<State>({ at: 'idle' })
  const [told, tell] = useState<string>()
  const running = useRef<AbortController | undefined>(undefined)
  const name = JSON.stringify([question, order, format])
  useEffect(() => {
    setState({ at: 'idle' })
    tell(undefined)
    return () => running.current?.abort()
  }, [name])
  const last = lastMade.report.value
  const made = last?.name === name ? last : undefined

  const make = async () => {
    if (missing) return tell(missing)
    tell(undefined)
    const cancel = new AbortController()
    running.current = cancel
    setState({ at: 'making', cancel })
    const asked = { question, order: reason ? { ...order, reason } : order }
    const result = await reporter.run(jobOf(services, asked, format), cancel.signal, (progress) =>
      setState({ at: 'making', progress, cancel }),
    )
    if (cancel.signal.aborted) return setState({ at: 'idle' })
    if (!result.ok || result.value.at !== 'file') return setState({ at: 'failed' })
    const { bytes, name: fileName, rows, fingerprint, phones } = result.value
    // What was given out is in the log before anybody has it.
    const logged = await exported(services, asked, { fingerprint, phones })
    // Another choice was made meanwhile: this file is not its answer.
    if (cancel.signal.aborted) return setState({ at: 'idle' })
    if (!logged) return setState({ at: 'failed' })
    lastMade.report.value = { name, file: new File([bytes], fileName, { type: MEDIA_TYPES[format] }), count: rows }
    setState({ at: 'idle' })
  }

  return (
    <section class="log-export">
      {made && state.at === 'idle' && <GiveFile title={t('log.made', { count: made.count })} file={made.file} />}
      <Button look={made ? 'plain' : 'main'} wide tall={!made} icon="file" busy={state.at === 'making'} onClick={() => void make()}>
        {t(made ? 'log.make-again' : 'log.make')}
      </Button>
      {told && (
        <p class="field-error" role="alert">
          {told}
        </p>
      )}
      {state.at === 'making' && <ProgressBar progress={state.progress} onCancel={() => state.cancel.abort()} />}
      {state.at === 'failed' && (
        <Notice tone="stop" title={t('log.report-failed')} announce="alert">
          {t('log.report-failed-todo')}
        </Notice>
      )}
    </section>
  )
}
