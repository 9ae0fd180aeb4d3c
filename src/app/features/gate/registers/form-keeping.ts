import { useEffect, useRef, useState } from 'preact/hooks'
import type { ParkedForm } from '../../../../storage/parked-forms'
import { useServices } from '../../../services'
import { park, unpark } from './parking'

const QUIET = 1_000 // ms without a key

/** A form as it is typed, before it has a place among the parked ones. */
export type TypedForm = Omit<ParkedForm, 'id' | 'parkedAt'>

/** An open form's place among the parked ones. */
export interface FormKeeping {
  readonly id: string
  /** It was a chip before it was opened. */
  readonly wasParked: boolean
  isTyped(): boolean
  /** Keeps what was typed since it was kept last. */
  keep(): void
  /** Puts it aside as it is now. Gives its id. */
  park(): Promise<string>
  /** It is left: what was typed last is not kept any more. */
  settle(): void
  /** It is left, and nothing of it stays, unless it was a chip before. */
  drop(): void
  /** An empty one begins in its place. */
  renew(): void
}

/** What is typed is kept while it is typed: neither a call that sends the app away, nor a kill, nor a flat battery takes it. */
export function useFormKeeping(typed: TypedForm, parked: string | undefined): FormKeeping {
  const services = useServices()
  const [{ id, wasParked }, begin] = useState(() => ({
    id: parked ?? crypto.randomUUID(),
    wasParked: services.kept.values.parked.peek().some((form) => form.id === parked),
  }))
  const text = JSON.stringify(typed.values)
  /** As the form began; undefined: it begins with the next drawing. */
  const first = useRef<string | undefined>(undefined)
  const kept = useRef(text)
  if (first.current === undefined) {
    first.current = text
    kept.current = text
  }
  const settle = () => {
    kept.current = text
  }
  const keeping: FormKeeping = {
    id,
    wasParked,
    isTyped: () => text !== first.current,
    keep() {
      if (text !== kept.current) void keeping.park()
    },
    park() {
      settle()
      return park(services, typed, id)
    },
    settle,
    drop() {
      settle()
      if (!wasParked) void unpark(services, id)
    },
    renew() {
      first.current = undefined
      begin({ id: crypto.randomUUID(), wasParked: false })
    },
  }
  const latest = useRef(keeping)
  latest.current = keeping
  useEffect(() => {
    const timer = setTimeout(() => latest.current.keep(), QUIET)
    return () => clearTimeout(timer)
  }, [text])
  useEffect(() => {
    const hidden = () => document.visibilityState === 'hidden' && latest.current.keep()
    document.addEventListener('visibilitychange', hidden)
    return () => {
      document.removeEventListener('visibilitychange', hidden)
      latest.current.keep()
    }
  }, [])
  return keeping
}
