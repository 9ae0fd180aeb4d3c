import { useEffect, useState } from 'preact/hooks'
import type { OperationKey } from '../../../domain/ids'
import { useServices } from '../../services'

const SHOWN = 10_000 // ms; long enough to dial a number

/** Shows what is masked for ten seconds; that somebody looked is on disk before it shows. */
export function useReveal(key: OperationKey): { readonly shown: boolean; show(): void } {
  const { save } = useServices()
  const [shown, setShown] = useState(false)
  useEffect(() => {
    if (!shown) return undefined
    const hide = setTimeout(() => setShown(false), SHOWN)
    return () => clearTimeout(hide)
  }, [shown])
  return {
    shown,
    show: () => {
      void save([{ operation: { kind: 'access', what: 'record-revealed', about: key } }]).then((saved) => setShown(saved.ok))
    },
  }
}
