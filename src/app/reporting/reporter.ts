import { err, ok, type Result } from '../../domain/result'
import { scriptUrl } from '../shell/script-url'
import workerPath from './report.worker?worker&url'
import type { ReportAnswer, ReportJob } from './report-messages'

export type Made = Exclude<ReportAnswer, { readonly at: 'progress' | 'failed' }>
export type Progress = Extract<ReportAnswer, { readonly at: 'progress' }>
export type ReportError = { readonly kind: 'storage' | 'reading' | 'cancelled' }

/** Makes a report in a worker of its own. The signal ends it, whatever it is doing. */
export function report(job: ReportJob, signal: AbortSignal, onProgress: (progress: Progress) => void): Promise<Result<Made, ReportError>> {
  return new Promise((resolve) => {
    const worker = new Worker(scriptUrl(workerPath), { type: 'module' })
    const end = (result: Result<Made, ReportError>) => {
      worker.terminate()
      resolve(result)
    }
    signal.addEventListener('abort', () => end(err({ kind: 'cancelled' })))
    worker.onerror = () => end(err({ kind: 'reading' }))
    worker.onmessage = ({ data }: MessageEvent<ReportAnswer>) => {
      if (data.at === 'progress') return onProgress(data)
      end(data.at === 'failed' ? err({ kind: data.why }) : ok(data))
    }
    if (signal.aborted) return end(err({ kind: 'cancelled' }))
    worker.postMessage(job)
  })
}
