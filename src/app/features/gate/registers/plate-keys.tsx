import { useState } from 'preact/hooks'
import { PROVINCES } from '../../../../domain/plate'
import type { RosterIndex } from '../../../../domain/roster-search'
import { t } from '../../../i18n/translate'
import { useServices } from '../../../services'
import { Icon } from '../../../ui/icon'

const SIGNS = [...'1234567890QWERTYUPASDFGHJKLZXCVBNM']

/** A plate by big keys: the province first, behind its own key; no I and no O, as on the plates. */
export function PlateKeys({ typed, onType }: { readonly typed: string; readonly onType: (typed: string) => void }) {
  const [provinces, showProvinces] = useState(false)
  const { roster } = useServices()
  const local = localProvince(roster.value)
  const keys = provinces ? [...PROVINCES].sort((a, b) => Number(b === local) - Number(a === local)) : SIGNS
  return (
    <fieldset class="plate-keys">
      <legend class="visually-hidden">{t('register.plate')}</legend>
      <button type="button" class="pad-key pad-key-word" aria-pressed={provinces} onClick={() => showProvinces(!provinces)}>
        {provinces ? t('register.plate-signs') : t('register.plate-province')}
      </button>
      {keys.map((key) => (
        <button
          key={key}
          type="button"
          class="pad-key"
          onClick={() => {
            onType(typed + key)
            showProvinces(false)
          }}
        >
          {key}
        </button>
      ))}
      <button type="button" class="pad-key" onClick={() => onType(typed.slice(0, -1))} aria-label={t('gate.keypad-delete')}>
        <Icon name="backspace" />
      </button>
    </fieldset>
  )
}

/** Where most cars here come from stands first: the first known plate tells. */
function localProvince(index: RosterIndex | undefined): string | undefined {
  return index?.allHouseholds.find(({ plates }) => plates.length > 0)?.plates[0]?.slice(0, 1)
}
