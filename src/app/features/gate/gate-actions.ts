import type { CheckIn, Direction, Measured, Unstamped } from '../../../domain/operation'
import { isHereStill, type Passage } from '../../../domain/passage'
import type { Emergency } from '../../../domain/registers'
import type { CardHolder } from '../../../domain/roster-search'
import { type Answers, type StopCause, staysOutside } from '../../../domain/rules/verdict'
import { dayOf } from '../../../domain/time'
import type { Draft } from '../../../storage/record'
import { readVisitCode } from '../../../trust/visit-code'
import type { Services } from '../../services'
import { oneAtATime } from '../../shell/one-at-a-time'
import { give } from '../../shell/signals'
import { emergencyWho, type Found, residentWho, type Who, whoOf } from '../../shell/who'
import { asItStands } from './as-it-stands'
import { holderOf, typedHolder } from './find-holder'
import type { Event, Gate, Measure, Parts, Passing, Problem } from './gate-state'
import { judge, lastSeen } from './judging'
import { type LastPassage, lastOf, lastPassage } from './last-passage'
import { mattersOf, type OpenMatter } from './open-matters'
import { PROBLEM_LOOKS } from './problem-card'
import { noteReading } from './recent-readings'
import { refusalOf } from './refusal'
import { withoutLast } from './registers/register-state'
import { type Done, endedBy, endings, type Save, savePassage } from './saving'
import { type Around, savingBeside, savingMeasured, savingPassing } from './saving-beside'

/** What a person at the gate can do; each ends in an event for the picture. */
export interface GateActions {
  scanned(text: string): Promise<void>
  holder(holder: CardHolder, way: Found['way']): Promise<void>
  /** The holder of the card whose short code was typed. */
  shortCode(holder: CardHolder): Promise<void>
  /** Somebody was chosen. */
  person(who: Who, part?: { readonly parts?: Parts; readonly direction?: Direction } & Around): Promise<void>
  /** Somebody held at a counter is measured, whatever the rules ask on this side. */
  hold(who: Who, around: Around, direction?: Direction): void
  /** After the answer that they were registered just now, or after a question. */
  goOn(passing: Passing): Promise<void>
  answered(passing: Passing, answers: Answers): Promise<void>
  /** 例外放行: for the one cause that stopped them; what else the rules ask is still asked. */
  except(passing: Passing, reason: string): Promise<void>
  /** 例外放行 for who reads too low again and again. */
  letPass(measure: Measure, reason: string): Promise<void>
  /** 劝回. */
  turnBack(gate: Extract<Gate, { at: 'stop' | 'held' }>): Promise<void>
  /** Who was to wait has gone out all the same: it is on record, with the verdict beside it. */
  wentOut(passing: Passing): Promise<void>
  /** A medical exit never waits. */
  medical(passing: Passing): Promise<void>
  /** 紧急放行: one tap, details later. */
  emergency(what: Emergency): Promise<void>
  household(household: CardHolder['household'], found: Found): void
  measureAgain(passage: Passage, next?: Gate): void
  measured(measure: Measure, measured: Measured): Promise<void>
  left(measure: Measure): Promise<void>
  turn(measure: Measure): Promise<void>
  go(to: Gate): void
  back(): void
}

const TODAY = 24 * 3_600_000 // ms; on which side somebody was seen last matters for about a day
const ONE_TAP = 1_000 // ms; no two ambulances come within a second

export function createGateActions(services: Services, dispatch: (event: Event) => void): GateActions {
  const signals = () => services.preferences.value
  const zone = () => -new Date().getTimezoneOffset()
  const go = (to: Gate) => dispatch({ kind: 'go', to })

  /** Says why, and keeps that a card was refused; never what stood in the code. */
  const refuse = (problem: Problem) => {
    give(PROBLEM_LOOKS[problem.kind].signal, signals())
    go({ at: 'scan', problem })
    const refused = refusalOf(problem)
    if (refused) void services.save([{ operation: refused }])
  }

  const saved = async (shown: Measure, shownDone: Done) => {
    const { measure, done } = await asItStands(services, shown, shownDone)
    const rules = measure.retest ? services.judgedBy(measure.retest.rules) : services.rulesNow()
    const outcome = await savePassage(savingMeasured(services, measure), measure, done, rules)
    if (!outcome.ok) {
      give('failed', signals())
      return dispatch({ kind: 'save-failed', error: outcome.error })
    }
    const { key, readings, step } = outcome.value
    if (done !== 'left' && 'celsius' in done) noteReading(done)
    lastPassage.value = lastOf(measure, done, outcome.value)
    give(signalOf(step.at, done, measure), signals())
    dispatch({ kind: 'saved', key, readings, step, rules: rules.version })
  }

  /** A record that ends somebody's stay at the gate without a reading. */
  const keep = async (
    operation: Unstamped,
    last: Pick<LastPassage, 'who' | 'direction' | 'outcome'>,
    save: Save = services.save,
    ended: readonly Draft[] = [],
  ) => {
    const kept = await save([{ operation }, ...ended])
    const [first, ...others] = kept.ok ? kept.value : []
    if (!kept.ok || !first) {
      give('failed', signals())
      if (!kept.ok) dispatch({ kind: 'save-failed', error: kept.error })
      return undefined
    }
    lastPassage.value = { ...last, key: first.key, also: endedBy(others), savedAt: Date.now() }
    return first.key
  }

  const checkIn = ({ who, direction, parts }: Passing, reason: 'rule-asks-none' | 'emergency' | 'walked-on'): Unstamped<CheckIn> => ({
    kind: 'check-in',
    subject: who.subject,
    direction,
    measured: { reason },
    way: who.way,
    ...(who.cardId ? { cardId: who.cardId } : {}),
    rules: services.rulesNow().version,
    ...parts,
  })

  /** Scanned anew, on whichever phone: the chain goes on where it stands, and an incident is not passed by. */
  const remind = ({ passage, incident }: OpenMatter, passing: Passing) => {
    const { who, next } = passing
    give('wait', signals())
    if (!incident) return actions.measureAgain(passage, next)
    go({ at: 'told', step: 'confirmed', key: passage.key, who, passing, ...(next ? { next } : {}) })
  }

  const actions: GateActions = {
    async scanned(text) {
      const visit = readVisitCode(text)
      if (visit) return go({ at: 'visitor', values: visit, way: 'form-code' })
      const holder = await holderOf(text, services)
      if (!holder.ok) return refuse(holder.error)
      await actions.holder(holder.value, holder.value.card.plain ? 'plain-card' : 'card')
    },
    async shortCode(holder) {
      const valid = typedHolder(holder, dayOf(services.now(), zone()))
      if (!valid.ok) return refuse(valid.error)
      await actions.holder(valid.value, 'short-code')
    },
    async holder({ card, household, resident }, way) {
      const found: Found = { way, cardId: card.id }
      if (resident) await actions.person(residentWho(resident, household, found))
      else actions.household(household, found)
    },
    async person(who, { parts = {}, direction = services.preferences.value.direction, ...around } = {}) {
      const now = services.now()
      const matters = await mattersOf(services, { subject: who.subject, ...(parts.vehicle ? { vehicle: parts.vehicle } : {}) })
      const waits = matters.filter(({ incident }) => !incident)
      const again = waits.find(({ passage }) => isHereStill(passage, direction, now))
      const unfinished = waits.filter((each) => each !== again).map(({ passage }) => passage)
      const seen = await lastSeen(services, who, now - TODAY)
      const passing: Passing = {
        who,
        direction,
        parts,
        ...(seen ? { seen } : {}),
        ...(unfinished.length > 0 ? { unfinished } : {}),
        ...around,
      }
      const matter = again ?? matters.find(({ incident }) => incident)
      // Who may not go out for observation is not let out by a reading of before.
      if (matter && (await judge(services, passing)).kind !== 'wait') return remind(matter, passing)
      // A passage that lies ahead is of a clock that jumped: it answers nothing.
      const isRepeat = matters.length === 0 && seen !== undefined && seen.at <= now && now - seen.at < services.rulesNow().duplicateWindow
      if (isRepeat) return go({ at: 'just-registered', passing: { ...passing, seen } })
      await actions.goOn(passing)
    },
    hold(who, around, direction = signals().direction) {
      give('ask', signals())
      go({ at: 'measure', who, direction, parts: {}, held: true, ...around })
    },
    async goOn(passing) {
      const verdict = await judge(services, passing)
      const { parts } = passing
      switch (verdict.kind) {
        case 'measure':
          give('ask', signals())
          return go({ ...passing, at: 'measure' })
        case 'admitted': {
          const { who, direction } = passing
          const save = savingPassing(services, passing)
          const key = await keep(checkIn(passing, 'rule-asks-none'), { who, direction, outcome: 'not-measured' }, save, endings(passing))
          if (key === undefined) return
          give('saved', signals())
          return go(passing.next ?? { at: 'scan' })
        }
        case 'ask':
          give('ask-form', signals())
          // What an exception was made for stays beside it.
          return go({
            at: 'ask',
            passing: { ...passing, parts: parts.exception ? parts : { ...parts, verdict: { kind: 'ask' } } },
            asks: verdict.asks,
          })
        case 'wait':
          give('wait', signals())
          return go({ at: 'held', passing: { ...passing, parts: { ...parts, verdict } } })
        case 'stop':
          // Who only hands something over at the gate is measured and registered there.
          if (verdict.why === 'courier-outside') return go({ ...passing, at: 'measure', parts: { ...parts, verdict } })
          give('wait', signals())
          return go({ at: 'stop', passing: { ...passing, parts: { ...parts, verdict } }, why: verdict.why })
        default:
          return verdict satisfies never
      }
    },
    answered(passing, answers) {
      const { parts } = passing
      return actions.goOn({ ...passing, parts: { ...parts, answers: { ...parts.answers, ...answers } } })
    },
    except({ excepted = [], ...passing }, reason) {
      const { verdict, exception } = passing.parts
      const why = verdict?.why && verdict.why !== 'observation' ? [verdict.why] : ([] as StopCause[])
      const reasons = exception?.kind === 'exception' ? `${exception.reason}；${reason}` : reason
      const parts: Parts = { ...passing.parts, exception: { kind: 'exception', reason: reasons } }
      return actions.goOn({ ...passing, parts, excepted: [...excepted, ...why] })
    },
    async turnBack(gate) {
      const { who, direction, next, before } = gate.passing
      const why = gate.at === 'stop' ? gate.why : 'observation'
      const operation = { kind: 'turned-back', subject: who.subject, direction, why, rules: services.rulesNow().version } as const
      const key = await keep(operation, { who, direction, outcome: 'turned-back' }, savingBeside(services, before ? { before } : {}))
      if (key === undefined) return
      // The others in the car go on without them.
      go(next?.at === 'vehicle' && next.vehicle ? { at: 'vehicle', vehicle: withoutLast(next.vehicle) } : { at: 'scan' })
    },
    async wentOut(passing) {
      const { who, direction } = passing
      const key = await keep(
        checkIn(passing, 'walked-on'),
        { who, direction, outcome: 'not-measured' },
        savingPassing(services, passing),
        endings(passing),
      )
      if (key === undefined) return
      give('wait', signals())
      go(passing.next ?? { at: 'scan' })
    },
    async medical(passing) {
      const parts: Parts = { ...passing.parts, exception: { kind: 'emergency', what: 'medical' } }
      const { who, direction } = passing
      const save = savingPassing(services, passing)
      const key = await keep(checkIn({ ...passing, parts }, 'emergency'), { who, direction, outcome: 'emergency' }, save, endings(passing))
      if (key === undefined) return
      give('saved', signals())
      go({ at: 'told', step: 'medical', key, who, ...(passing.next ? { next: passing.next } : {}) })
    },
    async emergency(what) {
      const { outcome, savedAt } = lastPassage.value ?? {}
      if (outcome === 'emergency' && savedAt !== undefined && Math.abs(Date.now() - savedAt) < ONE_TAP) return
      const who = emergencyWho(what)
      const passing: Passing = { who, direction: signals().direction, parts: { exception: { kind: 'emergency', what } } }
      const key = await keep(checkIn(passing, 'emergency'), { who, direction: passing.direction, outcome: 'emergency' })
      if (key === undefined) return
      give('saved', signals())
      go({ at: 'scan' })
    },
    household(household, { way, cardId }) {
      go({ at: 'household', household, way, ...(cardId ? { cardId } : {}) })
    },
    measureAgain({ key, readings, step, direction, lastReadingAt, checkIn }, next) {
      const { subject, way, rules, verdict, exception } = checkIn
      const site = 'site' in step ? step.site : 'neck'
      const who = whoOf(subject, way, services.roster.value)
      const waits = step.at === 'wait' ? { waitsSince: lastReadingAt } : {}
      const parts: Parts = { ...(verdict ? { verdict } : {}), ...(exception ? { exception } : {}) }
      go({ at: 'measure', who, direction, parts, retest: { key, readings, site, rules, ...waits }, ...(next ? { next } : {}) })
    },
    measured: (measure, measured) => saved(measure, measured),
    left: (measure) => saved(measure, 'left'),
    letPass: (measure, reason) => saved(measure, { exception: { kind: 'exception', reason } }),
    async turn({ who, direction, parts: { verdict: _verdict, exception: _exception, ...parts }, seen, unfinished, held, next, before }) {
      // On the other side other rules hold: what was excepted on this one says nothing there.
      const turned = direction === 'in' ? 'out' : 'in'
      const around = { ...(next ? { next } : {}), ...(before ? { before } : {}) }
      if (held) return actions.hold(who, around, turned)
      // Who was to be measured again on that side goes on there.
      if (unfinished) return actions.person(who, { parts, direction: turned, ...around })
      return actions.goOn({ who, direction: turned, parts, ...(seen ? { seen } : {}), ...around })
    },
    go,
    back: () => dispatch({ kind: 'back' }),
  }
  return guarded(actions)
}

/** Two quick taps are one: while something is being saved no other tap at the gate begins anything, but for an emergency, which waits for nothing. */
function guarded(actions: GateActions): GateActions {
  const once = oneAtATime()
  return {
    ...actions,
    scanned: once(actions.scanned),
    holder: once(actions.holder),
    shortCode: once(actions.shortCode),
    person: once(actions.person),
    goOn: once(actions.goOn),
    answered: once(actions.answered),
    except: once(actions.except),
    letPass: once(actions.letPass),
    turnBack: once(actions.turnBack),
    wentOut: once(actions.wentOut),
    medical: once(actions.medical),
    emergency: oneAtATime()(actions.emergency),
    measured: once(actions.measured),
    left: once(actions.left),
    turn: once(actions.turn),
  }
}

function signalOf(step: string, done: Done, { parts }: Measure) {
  if (step === 'admitted') {
    if (done === 'left' || !('celsius' in done || 'inRange' in done)) return 'ask'
    // Who stays outside is not told that they may pass.
    return staysOutside(parts) ? 'outside' : 'saved'
  }
  return step === 'too-low' ? 'ask' : 'wait'
}
