import { useEffect, useMemo, useReducer } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { useServices } from '../../services'
import { passageUnderway } from '../../shell/passage-underway'
import { BindPanel } from './bind-panel'
import { FindPanel } from './find-panel'
import { createGateActions } from './gate-actions'
import { type Gate, LOOKING, nextGate } from './gate-state'
import { HouseholdPanel } from './household-panel'
import { JustRegistered } from './just-registered'
import { Looking } from './looking'
import { Measuring } from './measuring'
import { Told } from './told'
import { useScanner } from './use-scanner'
import { useWakeLock } from './wake-lock'
import { WrittenForm } from './written-form'
import './gate.css'
import './measuring.css'
import './find.css'

/** The main job: look for a card, say who it is, take a temperature, save, and look for the next. */
export function GateScreen() {
  const services = useServices()
  const { query } = useLocation()
  const [gate, dispatch] = useReducer(nextGate, query.find === undefined ? LOOKING : ({ at: 'find' } satisfies Gate))
  const actions = useMemo(() => createGateActions(services, dispatch), [services])
  // A card that is shown while somebody is being measured waits: one thing at a time.
  const camera = useScanner((text) => {
    if (gate.at === 'scan') void actions.scanned(text)
  })
  useWakeLock()
  useEffect(() => {
    passageUnderway.value = gate.at !== 'scan'
    return () => {
      passageUnderway.value = false
    }
  }, [gate.at])

  switch (gate.at) {
    case 'scan':
      return <Looking problem={gate.problem} camera={camera} actions={actions} />
    case 'find':
      return <FindPanel actions={actions} />
    case 'bind':
      return <BindPanel cardId={gate.cardId} actions={actions} />
    case 'written':
      return <WrittenForm actions={actions} />
    case 'household':
      return <HouseholdPanel shown={gate} actions={actions} />
    case 'just-registered':
      return <JustRegistered shown={gate} actions={actions} />
    case 'measure':
      return <Measuring key={gate.retest?.readings.length ?? 0} measure={gate} actions={actions} />
    case 'told':
      return <Told step={gate.step} who={gate.who} actions={actions} />
    default:
      return gate satisfies never
  }
}
