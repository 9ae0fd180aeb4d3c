import type { PlainKey } from '../i18n/translate'
import { language, t } from '../i18n/translate'
import { afterPaint } from './after-paint'

/** What the phone tells by tone, vibration and, when switched on, a spoken phrase. */
export type Signal = 'saved' | 'outside' | 'counted' | 'ask' | 'ask-form' | 'wait' | 'due' | 'failed' | 'foreign' | 'card-off' | 'busy'

interface Form {
  /** Hz, one after the other. */
  readonly tones: readonly number[]
  /** ms on, off, on … */
  readonly vibration: readonly number[]
  readonly phrase: PlainKey
}

const FORMS: Readonly<Record<Signal, Form>> = {
  saved: { tones: [880, 1320], vibration: [60], phrase: 'signal.saved' },
  outside: { tones: [880, 880], vibration: [60], phrase: 'signal.outside' },
  counted: { tones: [1320], vibration: [30], phrase: 'signal.counted' },
  'ask-form': { tones: [660, 660], vibration: [40, 60, 40], phrase: 'signal.ask-form' },
  ask: { tones: [660], vibration: [40, 60, 40], phrase: 'signal.ask' },
  wait: { tones: [520, 390], vibration: [180, 90, 180], phrase: 'signal.wait' },
  due: { tones: [660, 880, 660], vibration: [120, 80, 120], phrase: 'signal.due' },
  foreign: { tones: [440, 440], vibration: [60, 80, 60], phrase: 'signal.foreign' },
  'card-off': { tones: [440, 330], vibration: [120, 80, 120], phrase: 'signal.card-off' },
  busy: { tones: [390, 390], vibration: [60, 60, 60], phrase: 'gate.busy' },
  failed: { tones: [220, 180, 220], vibration: [400, 120, 400], phrase: 'signal.failed' },
}
const TONE = 0.14 // s

let audio: AudioContext | undefined

/** Tells an outcome to whoever is not looking at the screen. */
export function give(signal: Signal, { sound, speech }: { readonly sound: boolean; readonly speech: boolean }): void {
  const form = FORMS[signal]
  if ('vibrate' in navigator) navigator.vibrate([...form.vibration])
  // Making the first tone takes longer than drawing what it tells.
  afterPaint(() => {
    if (sound) play(form.tones)
    if (speech && 'speechSynthesis' in window) say(t(form.phrase))
  })
}

function play(tones: readonly number[]): void {
  if (typeof AudioContext === 'undefined') return
  audio ??= new AudioContext()
  // A browser lets a page sound only after a tap; until then it stays suspended.
  void audio.resume()
  const from = audio.currentTime
  tones.forEach((pitch, i) => {
    if (!audio) return
    const tone = audio.createOscillator()
    const volume = audio.createGain()
    const begin = from + i * TONE
    tone.frequency.value = pitch
    volume.gain.setValueAtTime(0.5, begin)
    volume.gain.exponentialRampToValueAtTime(0.001, begin + TONE)
    tone.connect(volume).connect(audio.destination)
    tone.start(begin)
    tone.stop(begin + TONE)
  })
}

function say(phrase: string): void {
  const spoken = new SpeechSynthesisUtterance(phrase)
  spoken.lang = language.value
  speechSynthesis.cancel()
  speechSynthesis.speak(spoken)
}
