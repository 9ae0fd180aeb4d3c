import { useEffect, useState } from 'preact/hooks'
import type { SyncError } from '../../../sync/sync-error'
import type { GenericSchema, InferOutput } from '../../../wire/read'
import { useServices } from '../../services'

export type Asked<T> =
  | { readonly at: 'asking' }
  | { readonly at: 'failed'; readonly error: SyncError }
  | { readonly at: 'answered'; readonly answer: T }

/** What the server answers to a question, and a way to ask it again. */
export function useAsked<Schema extends GenericSchema>(schema: Schema, path: string): readonly [Asked<InferOutput<Schema>>, () => void] {
  const { ask } = useServices()
  const [asked, setAsked] = useState<Asked<InferOutput<Schema>>>({ at: 'asking' })
  const [turn, setTurn] = useState(0)
  useEffect(() => {
    let current = true
    void ask(schema, path).then((answer) => {
      if (current) setAsked(answer.ok ? { at: 'answered', answer: answer.value } : { at: 'failed', error: answer.error })
    })
    return () => {
      current = false
    }
  }, [ask, schema, path, turn])
  return [asked, () => setTurn((before) => before + 1)]
}
