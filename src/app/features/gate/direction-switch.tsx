import type { Direction } from '../../../domain/operation'
import { t } from '../../i18n/translate'
import { useServices } from '../../services'

const DIRECTIONS: readonly Direction[] = ['in', 'out']

/** 进 and 出 as two halves of one switch; remembered. */
export function DirectionSwitch() {
  const { preferences, changePreferences } = useServices()
  const { direction } = preferences.value
  return (
    <fieldset class="direction">
      <legend class="visually-hidden">{t('gate.direction')}</legend>
      {DIRECTIONS.map((side) => (
        <label key={side}>
          <input type="radio" name="direction" checked={side === direction} onChange={() => void changePreferences({ direction: side })} />
          <span>{t(`direction.${side}`)}</span>
        </label>
      ))}
    </fieldset>
  )
}
