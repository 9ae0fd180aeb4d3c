import { err, ok, type Result } from '../../domain/result'
import { scriptUrl } from '../shell/script-url'
import workerPath from './report.worker?worker&url'
import type { ReportAnswer, ReportJob } from './report-messages'

export type Made = Exclude<ReportAnswer, { readonly at: 'progress' | 'failed' }>
export type Progress = Extract<ReportAnswer, { readonly at: 'progress' }>
export type ReportError = { readonly kind: 'storage' | 'reading' | 'cancelled' }

/** Makes reports in a worker of its own, one after the other; what it has read for one it keeps for the next. */
export interface Reporter {
  /** The signal ends it, whatever it is doing. */
  run(job: ReportJob, signal: AbortSignal, onProgress?: (progress: Progress) => void): Promise<Result<Made, ReportError>>
  close(): void
}

export function createReporter(): Reporter {
  let worker: Worker | undefined
  let before: Promise<unknown> = Promise.resolve()

  const stop = () => {
    worker?.terminate()
    worker = undefined
  }
  const one = (job: ReportJob, signal: AbortSignal, onProgress?: (progress: Progress) => void) =>
    new Promise<Result<Made, ReportError>>((resolve) => {
      if (signal.aborted) return resolve(err({ kind: 'cancelled' }))
      worker ??= new Worker(scriptUrl(workerPath), { type: 'module' })
      const cancel = () => {
        stop()
        resolve(err({ kind: 'cancelled' }))
      }
      signal.addEventListener('abort', cancel, { once: true })
      const end = (result: Result<Made, ReportError>) => {
        signal.removeEventListener('abort', cancel)
        resolve(result)
      }
      worker.onerror = () => {
        stop()
        end(err({ kind: 'reading' }))
      }
      worker.onmessage = ({ data }: MessageEvent<ReportAnswer>) => {
        if (data.at === 'progress') onProgress?.(data)
        else end(data.at === 'failed' ? err({ kind: data.why }) : ok(data))
      }
      worker.postMessage(job)
    })

  return {
    run(job, signal, onProgress) {
      const mine = before.then(() => one(job, signal, onProgress))
      before = mine
      // Who has to wait for another report may give up before it is begun.
      const gone = new Promise<Result<Made, ReportError>>((resolve) => {
        signal.addEventListener('abort', () => resolve(err({ kind: 'cancelled' })), { once: true })
      })
      return Promise.race([mine, gone])
    },
    close: stop,
  }
}
