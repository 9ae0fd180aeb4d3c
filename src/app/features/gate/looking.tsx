import type { Direction } from '../../../domain/operation'
import { t } from '../../i18n/translate'
import { useServices } from '../../services'
import { Places } from '../../shell/places'
import { Strip } from '../../shell/strip'
import { Button } from '../../ui/button'
import type { GateActions } from './gate-actions'
import type { Problem } from './gate-state'
import { LastPassageBar } from './last-passage-bar'
import { ProblemCard } from './problem-card'
import type { GateScanner } from './use-scanner'
import { Viewfinder } from './viewfinder'
import { WaitChips } from './wait-chips'

export interface LookingProps {
  readonly problem: Problem | undefined
  readonly camera: GateScanner
  readonly actions: GateActions
}

/** Looking for a card: the camera takes all that is left. */
export function Looking({ problem, camera, actions }: LookingProps) {
  const { preferences, changePreferences } = useServices()
  const { direction } = preferences.value
  return (
    <div class="gate">
      <Strip />
      <main class="gate-looking">
        <h1 class="visually-hidden">{t('gate.title')}</h1>
        <Viewfinder camera={camera}>
          <WaitChips onPick={actions.measureAgain} />
          {problem && <ProblemCard problem={problem} actions={actions} />}
        </Viewfinder>
        <LastPassageBar actions={actions} />
        <DirectionSwitch direction={direction} onChange={(next) => void changePreferences({ direction: next })} />
        <div class="gate-ways">
          <Button tall icon="search" onClick={actions.find}>
            {t('gate.find')}
          </Button>
          <Button tall onClick={actions.written}>
            {t('gate.written')}
          </Button>
        </div>
      </main>
      <Places />
    </div>
  )
}

const DIRECTIONS: readonly Direction[] = ['in', 'out']

function DirectionSwitch({ direction, onChange }: { readonly direction: Direction; readonly onChange: (direction: Direction) => void }) {
  return (
    <fieldset class="direction">
      <legend class="visually-hidden">{t('gate.direction')}</legend>
      {DIRECTIONS.map((side) => (
        <label key={side}>
          <input type="radio" name="direction" checked={side === direction} onChange={() => onChange(side)} />
          <span>{t(`direction.${side}`)}</span>
        </label>
      ))}
    </fieldset>
  )
}
