import { ErrorBoundary, LocationProvider, lazy, Route, Router } from 'preact-iso'
import { boot } from '../boot'
import { ServicesContext } from '../services'
import { StartFailed } from './start-failed'
import { Starting } from './starting'

const Gate = lazy(() => import('../features/gate/gate-screen').then((m) => m.GateScreen))
const Log = lazy(() => import('../features/log/log-screen').then((m) => m.LogScreen))
const Passage = lazy(() => import('../features/log/passage-screen').then((m) => m.PassageScreen))
const Returned = lazy(() => import('../features/returned/returned-screen').then((m) => m.ReturnedScreen))
const Activate = lazy(() => import('../features/activate/activate-screen').then((m) => m.ActivateScreen))
const LocalPost = lazy(() => import('../features/activate/local-post-screen').then((m) => m.LocalPostScreen))
const PhoneCheck = lazy(() => import('../features/activate/phone-check-screen').then((m) => m.PhoneCheckScreen))
const Status = lazy(() => import('../features/settings/status-screen').then((m) => m.StatusScreen))
const Settings = lazy(() => import('../features/settings/settings-screen').then((m) => m.SettingsScreen))
const RosterImport = lazy(() => import('../features/roster/roster-import-screen').then((m) => m.RosterImportScreen))

/** Which screen stands for which address. Until a phone has an identity, every address leads to its activation. */
export function App() {
  const { value } = boot
  switch (value.at) {
    case 'starting':
      return <Starting />
    case 'failed':
      return <StartFailed error={value.error} />
    case 'newcomer':
      return (
        <LocationProvider>
          <ErrorBoundary>
            <Router>
              <Route path="/local" component={LocalPost} />
              <Route default component={Activate} />
            </Router>
          </ErrorBoundary>
        </LocationProvider>
      )
    case 'ready':
      return (
        <ServicesContext.Provider value={value.services}>
          <LocationProvider>
            <ErrorBoundary>
              <Router>
                <Route path="/log" component={Log} />
                <Route path="/log/:key" component={Passage} />
                <Route path="/returned" component={Returned} />
                <Route path="/activate" component={Activate} />
                <Route path="/check" component={PhoneCheck} />
                <Route path="/status" component={Status} />
                <Route path="/settings" component={Settings} />
                <Route path="/roster" component={RosterImport} />
                <Route default component={Gate} />
              </Router>
            </ErrorBoundary>
          </LocationProvider>
        </ServicesContext.Provider>
      )
    default:
      return value satisfies never
  }
}
