import { t } from '../../i18n/translate'
import { type Services, useServices } from '../../services'
import { Places } from '../../shell/places'
import { Strip } from '../../shell/strip'
import type { PageScanner } from '../../shell/use-scanner'
import { Chips } from './chips'
import { DirectionSwitch } from './direction-switch'
import { FirstScreen } from './first/first-screen'
import type { GateActions } from './gate-actions'
import type { Problem } from './gate-state'
import { LastPassageBar } from './last-passage-bar'
import { ProblemCard } from './problem-card'
import { Viewfinder } from './viewfinder'
import { FewWays, Ways } from './ways'

export interface LookingProps {
  readonly problem: Problem | undefined
  readonly camera: PageScanner
  readonly actions: GateActions
}

const TWO_CHIPS = 350 // CSS px; on a narrower phone two do not stand side by side
const THREE_ROWS = 620 // CSS px; on a lower phone with large text two rows of them leave no third

/** Between two people: the post's type decides what stands in the middle; all else stays where the hand knows it. */
export function Looking({ problem, camera, actions }: LookingProps) {
  const services = useServices()
  const isLarge = services.preferences.value.text === 'large'
  return (
    <div class="gate">
      <Strip />
      <main class="gate-looking">
        <h1 class="visually-hidden">{t('gate.title')}</h1>
        {isCameraFirst(services) ? (
          <Viewfinder camera={camera}>
            <Chips actions={actions} most={isLarge ? (innerHeight < THREE_ROWS ? 1 : 2) : innerWidth < TWO_CHIPS ? 2 : 4} />
            {problem && <ProblemCard problem={problem} actions={actions} />}
          </Viewfinder>
        ) : (
          <section class="first" aria-label={t('gate.title')}>
            <Chips actions={actions} most={isLarge ? 1 : 2} />
            {problem && <ProblemCard problem={problem} actions={actions} />}
            <FirstScreen type={services.post.value.type} actions={actions} />
          </section>
        )}
        <LastPassageBar actions={actions} />
        <DirectionSwitch />
        {isCounting(services) ? <FewWays actions={actions} /> : <Ways actions={actions} />}
      </main>
      <Places />
    </div>
  )
}

/** A compound's gate begins with the camera, the others with tiles, a plate or a counter; a person may choose otherwise. */
export function isCameraFirst({ post, preferences, rules }: Services): boolean {
  const { camera } = preferences.value
  if (rules.value.passage === 'counted' && camera !== 'on') return false
  return camera === 'on' || (camera === 'auto' && post.value.type === 'compound-gate')
}

/** A road check begins with the plate, where cars are registered at all. */
export function isPlateFirst(services: Services): boolean {
  const { passage, vehicles } = services.rules.value
  return services.post.value.type === 'road-check' && passage === 'named' && vehicles === 'register' && !isCameraFirst(services)
}

/** A post that counts, by its rules or by its type. */
export function isCounting(services: Services): boolean {
  return !isCameraFirst(services) && (services.rules.value.passage === 'counted' || services.post.value.type === 'metro-exit')
}
