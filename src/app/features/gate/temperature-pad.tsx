import { useState } from 'preact/hooks'
import type { Bands } from '../../../domain/reading'
import { celsiusText } from '../../i18n/format'
import { t } from '../../i18n/translate'
import { CelsiusKeypad } from './celsius-keypad'

export interface TemperaturePadProps {
  readonly bands: Bands
  readonly onTake: (celsius: number) => void
  /** Where the rules ask for no tenth: measured, in range. */
  readonly onInRange?: () => void
}

type View = 'usual' | 'high' | 'keypad'
const KEYS = 18 // tenths on one screen

const tenthsFrom = (first: number) => Array.from({ length: KEYS }, (_, i) => Math.round(first * 10 + i) / 10)

/** Tenths by one tap and never a default: the usual ones, those from the threshold on, and digits for the rest. */
export function TemperaturePad({ bands, onTake, onInRange }: TemperaturePadProps) {
  const [view, show] = useState<View>('usual')
  if (view === 'keypad') return <CelsiusKeypad bands={bands} onTake={onTake} onBack={() => show('usual')} />
  const high = view === 'high'
  if (onInRange && !high) {
    return (
      <fieldset class="pad pad-in-range">
        <legend class="visually-hidden">{t('gate.pad')}</legend>
        <button type="button" class="pad-key" onClick={onInRange}>
          {t('gate.in-range')}
        </button>
        <button type="button" class="pad-key pad-key-turn" onClick={() => show('high')}>
          {celsiusText(bands.threshold)}+
        </button>
        <button type="button" class="pad-key pad-key-other" onClick={() => show('keypad')}>
          {t('gate.other')}
        </button>
      </fieldset>
    )
  }
  const usual = t('gate.usual', { threshold: celsiusText(bands.threshold) })
  const first = high ? bands.threshold : bands.threshold - KEYS / 10
  return (
    <fieldset class="pad">
      <legend class="visually-hidden">{t('gate.pad')}</legend>
      {tenthsFrom(first).map((celsius) => (
        <button key={celsius} type="button" class={high ? 'pad-key pad-key-high' : 'pad-key'} onClick={() => onTake(celsius)}>
          {celsiusText(celsius)}
        </button>
      ))}
      <button
        type="button"
        class="pad-key pad-key-turn"
        onClick={() => show(high ? 'usual' : 'high')}
        aria-label={high ? usual : `${celsiusText(bands.threshold)}+`}
      >
        {high ? <small>{usual}</small> : `${celsiusText(bands.threshold)}+`}
      </button>
      <button type="button" class="pad-key pad-key-other" onClick={() => show('keypad')} aria-label={t('gate.other-label')}>
        {t('gate.other')}
      </button>
    </fieldset>
  )
}
