import { useEffect, useRef, useState } from 'preact/hooks'
import { createScanner, type Scanner, type ScannerState } from '../../../scan/scanner'
import { useServices } from '../../services'
import { scriptUrl } from '../../shell/script-url'

export interface GateScanner {
  readonly state: ScannerState
  /** Undefined until the gate has been painted. */
  readonly scanner: Scanner | undefined
}

/** The gate's camera. It goes on while a temperature is taken, so that the next card is read at once, and stops when the page is hidden. */
export function useScanner(onCode: (text: string) => void, isOn: boolean): GateScanner {
  const { preferences } = useServices()
  const [state, setState] = useState<ScannerState>({ at: 'off' })
  const [scanner, setScanner] = useState<Scanner>()
  const heard = useRef(onCode)
  heard.current = onCode

  useEffect(() => {
    if (!isOn) return undefined
    const made = createScanner({
      cameraId: preferences.value.cameraId,
      onCode: (text) => heard.current(text),
      onState: setState,
      scriptUrl,
    })
    setScanner(made)
    const follow = () => (document.visibilityState === 'visible' ? void made.start() : made.stop())
    follow()
    document.addEventListener('visibilitychange', follow)
    return () => {
      document.removeEventListener('visibilitychange', follow)
      made.attach(undefined)
      made.stop()
      setScanner(undefined)
      setState({ at: 'off' })
    }
  }, [preferences, isOn])

  return { state, scanner }
}
