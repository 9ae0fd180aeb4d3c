import { t } from '../../../i18n/translate'
import { useServices } from '../../../services'
import { Button } from '../../../ui/button'
import { Chips } from '../chips'
import type { GateActions } from '../gate-actions'
import type { Problem } from '../gate-state'
import { LastPassageBar } from '../last-passage-bar'
import { ProblemCard } from '../problem-card'
import { VehiclePanel } from '../registers/vehicle-panel'
import '../registers/registers.css'

/** The plate stands first; what waits and who was last above it, all else behind one button. */
export function RoadCheck({ problem, actions }: { readonly problem: Problem | undefined; readonly actions: GateActions }) {
  const { preferences, changePreferences } = useServices()
  const { direction } = preferences.value
  const turned = direction === 'in' ? 'out' : 'in'
  return (
    <VehiclePanel
      shown={{ at: 'vehicle' }}
      actions={actions}
      head={
        <>
          <Chips actions={actions} most={preferences.value.text === 'large' ? 1 : 2} />
          {problem && <ProblemCard problem={problem} actions={actions} />}
          <LastPassageBar actions={actions} />
        </>
      }
      foot={
        <>
          <Button
            tall
            onClick={() => void changePreferences({ direction: turned })}
            label={t('gate.turn-label', { direction: t(`direction.${direction}`) })}
          >
            <b>{t(`direction.${direction}`)}</b> ⇄
          </Button>
          <Button tall onClick={() => actions.go({ at: 'more' })}>
            {t('gate.way-more')}
          </Button>
        </>
      }
    />
  )
}
