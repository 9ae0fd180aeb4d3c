import { useCallback, useEffect, useRef, useState } from 'preact/hooks'
import { listenForScanner } from '../../../scan/listen-for-scanner'
import { t } from '../../i18n/translate'
import { useServices } from '../../services'
import { scriptUrl } from '../../shell/script-url'
import { give } from '../../shell/signals'
import { type PageScanner, useScanner } from '../../shell/use-scanner'
import type { GateActions } from './gate-actions'
import type { Gate } from './gate-state'
import { isCameraFirst } from './looking'
import { isPastedCode } from './pasted'

const SHOWN = 4_000 // ms

export interface Intake {
  readonly camera: PageScanner
  /** What there is to say of a code that was not taken; mostly nothing. */
  readonly word: string
}

/** All the ways of a code into the gate: camera, handheld scanner, paste. One code at a time: the second waits for its turn. */
export function useIntake(gate: Gate, actions: GateActions): Intake {
  const services = useServices()
  const now = useRef(gate)
  now.current = gate
  const taking = useRef(false)
  const [word, setWord] = useState('')

  const take = useCallback(
    async (text: string) => {
      taking.current = true
      try {
        await actions.scanned(text)
      } finally {
        taking.current = false
      }
    },
    [actions],
  )
  // A card that is shown while somebody is being measured waits; so does the other of two that are shown side by side.
  const camera = useScanner((text, notNow) => {
    if (now.current.at === 'scan' && !taking.current) void take(text)
    else notNow()
  }, isCameraFirst(services))

  // A handheld scanner is heard on every picture of the gate, or it would type into a form and press its button.
  useEffect(
    () =>
      listenForScanner((text) => {
        if (isOpen(now.current) && !taking.current) return void take(text)
        give('busy', services.preferences.value)
        setWord(t('gate.busy'))
      }),
    [take, services],
  )

  const isTaken = isOpen(gate)
  useEffect(() => {
    if (!isTaken) return undefined
    const ofPhoto = async (photo: File) => {
      const { current: asked } = now
      setWord(t('gate.photo-looking'))
      const { readPhoto } = await import('../../../scan/photo')
      const read = await readPhoto(photo, scriptUrl)
      // Whoever went on meanwhile is not called back.
      if (now.current !== asked || taking.current) return
      setWord(read.ok ? '' : t(`gate.photo-${read.error.kind}`))
      if (read.ok) await take(read.value)
    }
    const pasted = (event: ClipboardEvent) => {
      const photo = [...(event.clipboardData?.files ?? [])].find(({ type }) => type.startsWith('image/'))
      const text = event.clipboardData?.getData('text') ?? ''
      if (!photo && !isPastedCode(text, isField(event.target))) return
      event.preventDefault()
      if (photo) void ofPhoto(photo)
      else if (!taking.current) void take(text)
    }
    // A phone's keyboard offers what was copied, and puts it in as if it were typed.
    const putIn = (event: InputEvent) => {
      if (event.inputType !== 'insertText' || !isPastedCode(event.data ?? '', true)) return
      event.preventDefault()
      if (!taking.current) void take(event.data ?? '')
    }
    addEventListener('paste', pasted)
    addEventListener('beforeinput', putIn)
    return () => {
      removeEventListener('paste', pasted)
      removeEventListener('beforeinput', putIn)
    }
  }, [isTaken, take])

  useEffect(() => {
    if (word === '') return undefined
    const timer = setTimeout(() => setWord(''), SHOWN)
    return () => clearTimeout(timer)
  }, [word])
  return { camera, word }
}

/** A code may come while somebody looks for a resident, too: that is the answer. */
const isOpen = ({ at }: Gate) => at === 'scan' || at === 'find'

const isField = (target: EventTarget | null) => target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement
