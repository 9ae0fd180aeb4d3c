import { useEffect, useMemo, useReducer } from 'preact/hooks'
import { lazy, useLocation } from 'preact-iso'
import { useServices } from '../../services'
import { passageUnderway } from '../../shell/passage-underway'
import { keepLater } from '../../shell/service-worker-client'
import type { PageScanner } from '../../shell/use-scanner'
import { AskPanel } from './ask-panel'
import { useBackKey } from './back-key'
import { BindPanel } from './bind-panel'
import { FindPanel } from './find-panel'
import { createGateActions, type GateActions } from './gate-actions'
import { type Gate, LOOKING, nextGate } from './gate-state'
import { HeldPanel } from './held-panel'
import { HouseholdPanel } from './household-panel'
import { JustRegistered } from './just-registered'
import { isPlateFirst, Looking } from './looking'
import { useDue } from './matters-here'
import { Measuring } from './measuring'
import { usePictureFocus } from './picture-focus'
import { readRecent } from './recent-readings'
import { StopPanel } from './stop-panel'
import { Told } from './told'
import { useIntake } from './use-intake'
import { useWakeLock } from './wake-lock'
import { WrittenForm } from './written-form'
import './gate.css'
import './viewfinder.css'
import './measuring.css'
import './find.css'

// The forms are precached, but nobody waits for their code to see the gate.
const RegisterPanel = lazy(() => import('./registers/register-panel').then((m) => m.RegisterPanel))
const RoadCheck = lazy(() => import('./first/road-check').then((m) => m.RoadCheck))
const MorePanel = lazy(() => import('./more-panel').then((m) => m.MorePanel))

/** The main job: look for a card, say who it is, ask what the rules ask, take a temperature, save, and look for the next. */
export function GateScreen() {
  const services = useServices()
  const { query } = useLocation()
  const [gate, dispatch] = useReducer(nextGate, query.find === undefined ? LOOKING : ({ at: 'find' } satisfies Gate))
  const actions = useMemo(() => createGateActions(services, dispatch), [services])
  const { camera, word } = useIntake(gate, actions)
  useBackKey(gate, actions)
  usePictureFocus(gate.at)
  useDue()
  useWakeLock()
  useEffect(keepLater, []) // runs after the paint
  useEffect(() => void readRecent(services), [services])
  useEffect(() => {
    passageUnderway.value = gate.at !== 'scan'
    return () => {
      passageUnderway.value = false
    }
  }, [gate.at])

  return (
    <>
      <GatePicture gate={gate} camera={camera} actions={actions} />
      <p class="gate-word" role="status">
        {word}
      </p>
    </>
  )
}

interface GatePictureProps {
  readonly gate: Gate
  readonly camera: PageScanner
  readonly actions: GateActions
}

function GatePicture({ gate, camera, actions }: GatePictureProps) {
  const services = useServices()
  switch (gate.at) {
    case 'scan':
      if (isPlateFirst(services)) return <RoadCheck problem={gate.problem} actions={actions} />
      return <Looking problem={gate.problem} camera={camera} actions={actions} />
    case 'find':
      return <FindPanel actions={actions} />
    case 'bind':
      return <BindPanel cardId={gate.cardId} actions={actions} />
    case 'written':
      return <WrittenForm shown={gate} actions={actions} />
    case 'more':
      return <MorePanel actions={actions} />
    case 'household':
      return <HouseholdPanel shown={gate} actions={actions} />
    case 'just-registered':
      return <JustRegistered shown={gate} actions={actions} />
    case 'ask':
      return <AskPanel shown={gate} actions={actions} />
    case 'stop':
      return <StopPanel shown={gate} actions={actions} />
    case 'held':
      return <HeldPanel shown={gate} actions={actions} />
    case 'measure':
      return <Measuring key={`${gate.direction} ${gate.retest?.readings.length ?? 0}`} measure={gate} actions={actions} />
    case 'told':
      return <Told shown={gate} actions={actions} />
    case 'visitor':
    case 'visitor-again':
    case 'courier':
    case 'arrival':
    case 'bus':
    case 'vehicle':
    case 'occupant':
    case 'hold':
    case 'late':
      return <RegisterPanel shown={gate} actions={actions} />
    default:
      return gate satisfies never
  }
}
