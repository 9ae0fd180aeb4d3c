import { useState } from 'preact/hooks'
import { PROVINCES } from '../../../../domain/plate'
import type { RosterIndex } from '../../../../domain/roster-search'
import { t } from '../../../i18n/translate'
import { useServices } from '../../../services'
import { Icon } from '../../../ui/icon'

const SIGNS = [...'1234567890QWERTYUPASDFGHJKLZXCVBNM']
/** Of driving schools, police, trailers, consulates, cars of Hong Kong and Macao, emergency services; O is an office's older letter. */
const SPECIAL = [...'学警挂领使港澳应急O']

type Pane = 'signs' | 'provinces' | 'special'

export interface PlateKeysProps {
  readonly typed: string
  readonly onType: (typed: string) => void
  /** What no key has is typed by the phone's own keyboard. */
  readonly onKeyboard: () => void
}

/** A plate by big keys: the province first, behind its own key; no I and no O, as on the plates. */
export function PlateKeys({ typed, onType, onKeyboard }: PlateKeysProps) {
  const [pane, show] = useState<Pane>('signs')
  const { roster } = useServices()
  const local = localProvince(roster.value)
  const provinces = [...PROVINCES].sort((a, b) => Number(b === local) - Number(a === local))
  const keys = { signs: SIGNS, provinces, special: SPECIAL }[pane]
  const toggle = (other: Pane) => show(pane === other ? 'signs' : other)
  return (
    <fieldset class="plate-keys">
      <legend class="visually-hidden">{t('register.plate')}</legend>
      <button type="button" class="pad-key pad-key-word" aria-pressed={pane === 'provinces'} onClick={() => toggle('provinces')}>
        {t(pane === 'provinces' ? 'register.plate-signs' : 'register.plate-province')}
      </button>
      {keys.map((key) => (
        <button
          key={key}
          type="button"
          class="pad-key"
          onClick={() => {
            onType(typed + key)
            // 应急 are two signs of one plate.
            if (key !== '应') show('signs')
          }}
        >
          {key}
        </button>
      ))}
      <div class="plate-keys-last">
        <button type="button" class="pad-key pad-key-word" aria-pressed={pane === 'special'} onClick={() => toggle('special')}>
          {t(pane === 'special' ? 'register.plate-signs' : 'register.plate-special')}
        </button>
        <button type="button" class="pad-key pad-key-word" onClick={onKeyboard}>
          {t('register.plate-keyboard')}
        </button>
        <button type="button" class="pad-key" onClick={() => onType(typed.slice(0, -1))} aria-label={t('gate.keypad-delete')}>
          <Icon name="backspace" />
        </button>
      </div>
    </fieldset>
  )
}

/** Where most cars here come from stands first: the first known plate tells. */
function localProvince(index: RosterIndex | undefined): string | undefined {
  return index?.allHouseholds.find(({ plates }) => plates.length > 0)?.plates[0]?.slice(0, 1)
}
