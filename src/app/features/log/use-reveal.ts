import { useCallback, useEffect, useState } from 'preact/hooks'
import type { OperationKey } from '../../../domain/ids'
import type { StorageError } from '../../../storage/storage-error'
import { useServices } from '../../services'

const SHOWN = 10_000 // ms; long enough to dial a number

export interface Reveal {
  readonly shown: boolean
  /** That somebody looks could not be kept: nothing is shown. */
  readonly failed: StorageError | undefined
  show(): void
}

/** Shows what is masked; that somebody looked is on disk before it shows. `lasts`: ms. */
export function useReveal(key: OperationKey, lasts: number | 'while-open' = SHOWN): Reveal {
  const { save } = useServices()
  const [failed, setFailed] = useState<StorageError>()
  const [shown, setShown] = useState(false)
  useEffect(() => {
    if (!shown || lasts === 'while-open') return undefined
    const hide = setTimeout(() => setShown(false), lasts)
    return () => clearTimeout(hide)
  }, [shown, lasts])
  const show = useCallback(() => {
    void save([{ operation: { kind: 'access', what: 'record-revealed', about: key } }]).then((saved) => {
      setShown(saved.ok)
      setFailed(saved.ok ? undefined : saved.error)
    })
  }, [save, key])
  return { shown, failed, show }
}
