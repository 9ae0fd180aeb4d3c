import { type ReadonlySignal, useSignal } from '@preact/signals'
import { useContext, useEffect, useRef, useState } from 'preact/hooks'
import type { Engine } from '../../scan/decoder-messages'
import { createScanner, type Scanner, type ScannerOptions, type ScannerState } from '../../scan/scanner'
import type { Sight } from '../../scan/sight'
import { ServicesContext } from '../services'
import { scriptUrl } from './script-url'

export interface PageScanner {
  readonly state: ScannerState
  /** What keeps a code from being read. A signal, as the next: what changes with the camera's picture draws nothing else anew. */
  readonly sight: ReadonlySignal<Sight>
  readonly engine: ReadonlySignal<Engine>
  /** Undefined until the page has been painted. */
  readonly scanner: Scanner | undefined
}

const TOUCHES = ['pointerdown', 'keydown'] as const

/** A page's camera: goes on while the page stays, stops when it is hidden, sleeps when nobody is there, and wakes by a touch. The lock's pages have no services, and take the camera at the back. */
export function useScanner(onCode: ScannerOptions['onCode'], isOn = true): PageScanner {
  const services = useContext(ServicesContext)
  const [state, setState] = useState<ScannerState>({ at: 'off' })
  const sight = useSignal<Sight>('none')
  const engine = useSignal<Engine>('library')
  const [scanner, setScanner] = useState<Scanner>()
  const heard = useRef(onCode)
  heard.current = onCode

  useEffect(() => {
    if (!isOn) return undefined
    const made = createScanner({
      cameraId: services?.preferences.value.cameraId,
      onCode: (text, notNow) => heard.current(text, notNow),
      onState: setState,
      onSight: (seen) => {
        sight.value = seen
      },
      onEngine: (reading) => {
        engine.value = reading
      },
      scriptUrl,
    })
    setScanner(made)
    const follow = () => (document.visibilityState === 'visible' ? void made.start() : made.stop())
    follow()
    document.addEventListener('visibilitychange', follow)
    for (const touch of TOUCHES) document.addEventListener(touch, made.touched, { capture: true, passive: true })
    return () => {
      document.removeEventListener('visibilitychange', follow)
      for (const touch of TOUCHES) document.removeEventListener(touch, made.touched, { capture: true })
      made.attach(undefined)
      made.stop()
      setScanner(undefined)
      setState({ at: 'off' })
    }
  }, [services, isOn, sight, engine])

  return { state, sight, engine, scanner }
}
