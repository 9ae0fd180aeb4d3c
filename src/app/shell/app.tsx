import type { ComponentType } from 'preact'
import { useEffect } from 'preact/hooks'
import { ErrorBoundary, LocationProvider, lazy, Route, Router } from 'preact-iso'
import { boot } from '../boot'
import { ServicesContext } from '../services'
import { isLogOpen, keepLogOpenWhileTouched } from './log-lock'
import { StartFailed } from './start-failed'
import { Starting } from './starting'
import { Wiped } from './wiped'

const Gate = lazy(() => import('../features/gate/gate-screen').then((m) => m.GateScreen))
const Log = lazy(() => import('../features/log/log-screen').then((m) => m.LogScreen))
const Passage = lazy(() => import('../features/log/passage-screen').then((m) => m.PassageScreen))
const HandIn = lazy(() => import('../features/log/hand-in-screen').then((m) => m.HandInScreen))
const Print = lazy(() => import('../features/log/print-screen').then((m) => m.PrintScreen))
const DayPicture = lazy(() => import('../features/log/picture-screen').then((m) => m.PictureScreen))
const GiveDay = lazy(() => import('../features/log/give-day-screen').then((m) => m.GiveDayScreen))
const TakeDay = lazy(() => import('../features/log/take-day-screen').then((m) => m.TakeDayScreen))
const Compare = lazy(() => import('../features/log/compare-screen').then((m) => m.CompareScreen))
const Returned = lazy(() => import('../features/returned/returned-screen').then((m) => m.ReturnedScreen))
const Activate = lazy(() => import('../features/activate/activate-screen').then((m) => m.ActivateScreen))
const LocalPost = lazy(() => import('../features/activate/local-post-screen').then((m) => m.LocalPostScreen))
const PhoneCheck = lazy(() => import('../features/activate/phone-check-screen').then((m) => m.PhoneCheckScreen))
const Status = lazy(() => import('../features/settings/status-screen').then((m) => m.StatusScreen))
const Settings = lazy(() => import('../features/settings/settings-screen').then((m) => m.SettingsScreen))
const ChoosePin = lazy(() => import('../features/lock/choose-pin-screen').then((m) => m.ChoosePinScreen))
const Unlock = lazy(() => import('../features/lock/unlock-screen').then((m) => m.UnlockScreen))
const AskPin = lazy(() => import('../features/lock/ask-pin').then((m) => m.AskPin))
const Lock = lazy(() => import('../features/lock/lock-screen').then((m) => m.LockScreen))
const HelpReset = lazy(() => import('../features/lock/help-reset-screen').then((m) => m.HelpResetScreen))
const Manage = lazy(() => import('../features/manage/manage-screen').then((m) => m.ManageScreen))
const Phones = lazy(() => import('../features/manage/phones-screen').then((m) => m.PhonesScreen))
const HeldBack = lazy(() => import('../features/manage/held-back-screen').then((m) => m.HeldBackScreen))
const Invite = lazy(() => import('../features/manage/invite-screen').then((m) => m.InviteScreen))
const PrintCards = lazy(() => import('../features/manage/print-cards-screen').then((m) => m.PrintCardsScreen))
const Poster = lazy(() => import('../features/manage/poster-screen').then((m) => m.PosterScreen))
const Trail = lazy(() => import('../features/manage/trail-screen').then((m) => m.TrailScreen))
const Incident = lazy(() => import('../features/incidents/incident-screen').then((m) => m.IncidentScreen))
const Notices = lazy(() => import('../features/notices/notices-screen').then((m) => m.NoticesScreen))
const Shift = lazy(() => import('../features/shift/shift-screen').then((m) => m.ShiftScreen))
const HandOver = lazy(() => import('../features/shift/hand-over-screen').then((m) => m.HandOverScreen))
const Give = lazy(() => import('../features/shift/give-screen').then((m) => m.GiveScreen))
const Take = lazy(() => import('../features/shift/take-screen').then((m) => m.TakeScreen))
const RosterImport = lazy(() => import('../features/roster/roster-import-screen').then((m) => m.RosterImportScreen))

/** What shows records, lists or keys asks for the PIN after two minutes; the gate does not. */
const behindPin = (Page: ComponentType) => () => {
  useEffect(keepLogOpenWhileTouched, [])
  return isLogOpen.value ? <Page /> : <AskPin />
}
const LockedLog = behindPin(Log)
const LockedPassage = behindPin(Passage)
const LockedHandIn = behindPin(HandIn)
const LockedPrint = behindPin(Print)
const LockedDayPicture = behindPin(DayPicture)
const LockedGiveDay = behindPin(GiveDay)
const LockedTakeDay = behindPin(TakeDay)
const LockedCompare = behindPin(Compare)
const LockedReturned = behindPin(Returned)
const LockedGive = behindPin(Give)
const LockedRosterImport = behindPin(RosterImport)
const LockedManage = behindPin(Manage)
const LockedPhones = behindPin(Phones)
const LockedHeldBack = behindPin(HeldBack)
const LockedInvite = behindPin(Invite)
const LockedPrintCards = behindPin(PrintCards)
const LockedPoster = behindPin(Poster)
const LockedTrail = behindPin(Trail)
const LockedHelpReset = behindPin(HelpReset)

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
    case 'no-lock':
      return (
        <ErrorBoundary>
          <ChoosePin />
        </ErrorBoundary>
      )
    case 'locked':
      return (
        <ErrorBoundary>
          <Unlock lock={value.lock} />
        </ErrorBoundary>
      )
    case 'wiped':
      return <Wiped told={value.told} />
    case 'ready':
      return (
        <ServicesContext.Provider value={value.services}>
          <LocationProvider>
            <ErrorBoundary>
              <Router>
                <Route path="/log" component={LockedLog} />
                <Route path="/log/hand-in" component={LockedHandIn} />
                <Route path="/log/print" component={LockedPrint} />
                <Route path="/log/picture" component={LockedDayPicture} />
                <Route path="/log/give-day" component={LockedGiveDay} />
                <Route path="/log/take-day" component={LockedTakeDay} />
                <Route path="/log/compare" component={LockedCompare} />
                <Route path="/log/:key" component={LockedPassage} />
                <Route path="/returned" component={LockedReturned} />
                <Route path="/activate" component={Activate} />
                <Route path="/check" component={PhoneCheck} />
                <Route path="/status" component={Status} />
                <Route path="/settings" component={Settings} />
                <Route path="/roster" component={LockedRosterImport} />
                <Route path="/lock" component={Lock} />
                <Route path="/manage" component={LockedManage} />
                <Route path="/manage/phones" component={LockedPhones} />
                <Route path="/manage/phones/:id" component={LockedHeldBack} />
                <Route path="/manage/invite" component={LockedInvite} />
                <Route path="/manage/cards" component={LockedPrintCards} />
                <Route path="/manage/poster" component={LockedPoster} />
                <Route path="/manage/trail" component={LockedTrail} />
                <Route path="/manage/reset" component={LockedHelpReset} />
                <Route path="/incident/:key" component={Incident} />
                <Route path="/notices" component={Notices} />
                <Route path="/shift" component={Shift} />
                <Route path="/shift/hand-over" component={HandOver} />
                <Route path="/shift/give" component={LockedGive} />
                <Route path="/shift/take" component={Take} />
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
