import { Fragment } from 'preact'
import { useState } from 'preact/hooks'
import { type Bands, parseCelsius } from '../../../domain/reading'
import { celsiusText } from '../../i18n/format'
import { t } from '../../i18n/translate'
import { Button } from '../../ui/button'
import { Icon } from '../../ui/icon'

/** Row by row; the key at the end of the first row deletes. */
const ROWS = [
  ['1', '2', '3'],
  ['4', '5', '6', '.'],
  ['7', '8', '9', '0'],
] as const
const LONGEST = 5

type Answer = { readonly kind: 'offer'; readonly celsius: number } | { readonly kind: 'wrong'; readonly words: string }

export interface CelsiusKeypadProps {
  readonly bands: Bands
  readonly onTake: (celsius: number) => void
  readonly onBack: () => void
}

/** A temperature by digits. 366 is offered as 36.6, and never taken for it silently. */
export function CelsiusKeypad({ bands, onTake, onBack }: CelsiusKeypadProps) {
  const [typed, setTyped] = useState('')
  const [answer, setAnswer] = useState<Answer>()

  const type = (next: string) => {
    setAnswer(undefined)
    setTyped(next.slice(0, LONGEST))
  }
  const take = () => {
    const parsed = parseCelsius(typed, bands)
    if (parsed.ok) return onTake(parsed.value)
    const { error } = parsed
    if (error.kind === 'out-of-range' && error.offer !== undefined) return setAnswer({ kind: 'offer', celsius: error.offer })
    const range = { least: celsiusText(bands.least), most: celsiusText(bands.most) }
    setAnswer({ kind: 'wrong', words: error.kind === 'not-a-number' ? t('gate.keypad-nan') : t('gate.keypad-range', range) })
  }

  return (
    <fieldset class="keypad">
      <legend class="visually-hidden">{t('gate.keypad-title')}</legend>
      <output class="keypad-shown" aria-live="polite">
        {typed || <small>{t('gate.keypad-hint')}</small>}
      </output>
      {answer?.kind === 'wrong' && (
        <p class="field-error keypad-answer" role="alert">
          {answer.words}
        </p>
      )}
      {answer?.kind === 'offer' && (
        <p class="keypad-answer keypad-offer" role="alert">
          {t('gate.keypad-offer', { celsius: celsiusText(answer.celsius) })}
          <Button look="main" onClick={() => onTake(answer.celsius)}>
            {t('gate.keypad-take', { celsius: celsiusText(answer.celsius) })}
          </Button>
        </p>
      )}
      <div class="keypad-keys">
        {ROWS.map((row, i) => (
          <Fragment key={row[0]}>
            {row.map((digit) => (
              <button key={digit} type="button" class="pad-key" onClick={() => type(typed + digit)}>
                {digit}
              </button>
            ))}
            {i === 0 && (
              <button type="button" class="pad-key" onClick={() => type(typed.slice(0, -1))} aria-label={t('gate.keypad-delete')}>
                <Icon name="backspace" />
              </button>
            )}
          </Fragment>
        ))}
      </div>
      <div class="keypad-foot">
        <Button tall onClick={onBack}>
          {t('gate.usual', { threshold: celsiusText(bands.threshold) })}
        </Button>
        <Button tall look="main" onClick={take}>
          {t('common.save')}
        </Button>
      </div>
    </fieldset>
  )
}
