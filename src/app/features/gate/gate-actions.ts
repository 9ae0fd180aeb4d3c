import type { CardId } from '../../../domain/ids'
import type { Passage } from '../../../domain/passage'
import type { CardHolder } from '../../../domain/roster-search'
import { dayOf } from '../../../domain/time'
import { latestCheckInOf } from '../../../storage/facts'
import type { Services } from '../../services'
import { give } from '../../shell/signals'
import { holderOf, typedHolder } from './find-holder'
import type { Event, Measure, Problem } from './gate-state'
import { type LastPassage, lastPassage } from './last-passage'
import { PROBLEM_LOOKS } from './problem-card'
import { refusalOf } from './refusal'
import { type Measured, savePassage } from './saving'
import { type Found, residentWho, type Who, whoOf } from './who'

/** What a person at the gate can do; each ends in an event for the picture. */
export interface GateActions {
  scanned(text: string): Promise<void>
  holder(holder: CardHolder, way: Found['way']): Promise<void>
  /** The holder of the card whose short code was typed. */
  shortCode(holder: CardHolder): Promise<void>
  bind(cardId: CardId): void
  /** Somebody was chosen; `anyway` after the answer that they were registered just now. */
  person(who: Who, anyway?: boolean): Promise<void>
  household(household: CardHolder['household'], found: Found): void
  measureAgain(passage: Passage): void
  measured(measure: Measure, measured: Measured): Promise<void>
  left(measure: Measure): Promise<void>
  turn(): void
  find(): void
  written(): void
  back(): void
}

const TODAY = 24 * 3_600_000 // ms; on which side somebody was seen last matters for about a day

export function createGateActions(services: Services, dispatch: (event: Event) => void): GateActions {
  const signals = () => services.preferences.value
  const zone = () => -new Date().getTimezoneOffset()

  /** Says why, and keeps that a card was refused; never what stood in the code. */
  const refuse = (problem: Problem) => {
    give(PROBLEM_LOOKS[problem.kind].signal, signals())
    dispatch({ kind: 'problem', problem })
    const refused = refusalOf(problem)
    if (refused) void services.save([{ operation: refused }])
  }

  const saved = async (measure: Measure, measured: Measured | 'left') => {
    const outcome = await savePassage((drafts) => services.save(drafts), measure, measured, services.identity.value.rules)
    if (!outcome.ok) {
      give('failed', signals())
      return dispatch({ kind: 'save-failed', error: outcome.error })
    }
    const { key, readings, step } = outcome.value
    if (step.at === 'admitted') lastPassage.value = lastOf(measure, measured, key)
    give(signalOf(step.at, measured), signals())
    dispatch({ kind: 'saved', key, readings, step })
  }

  const actions: GateActions = {
    async scanned(text) {
      const holder = await holderOf(text, services)
      if (!holder.ok) return refuse(holder.error)
      await actions.holder(holder.value, 'card')
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
    async person(who, anyway = false) {
      const now = services.now()
      const seen = await lastSeen(services, who, now - TODAY)
      const isRepeat = seen !== undefined && now - seen.at < services.identity.value.rules.duplicateWindow
      if (isRepeat && !anyway) return dispatch({ kind: 'just-registered', who, seen })
      give('ask', signals())
      dispatch({ kind: 'measure', who, direction: services.preferences.value.direction, ...(seen ? { seen } : {}) })
    },
    household(household, { way, cardId }) {
      dispatch({ kind: 'household', household, way, ...(cardId ? { cardId } : {}) })
    },
    measureAgain({ key, readings, step, direction, checkIn }) {
      const site = 'site' in step ? step.site : 'neck'
      const who = whoOf(checkIn.subject, checkIn.way, services.roster.value)
      dispatch({ kind: 'measure-again', who, direction, retest: { key, readings, site } })
    },
    measured: (measure, measured) => saved(measure, measured),
    left: (measure) => saved(measure, 'left'),
    turn: () => dispatch({ kind: 'turn' }),
    find: () => dispatch({ kind: 'find' }),
    bind: (cardId) => dispatch({ kind: 'bind', cardId }),
    written: () => dispatch({ kind: 'written' }),
    back: () => dispatch({ kind: 'back' }),
  }
  return actions
}

/** When and how a resident was registered last; nobody else is recognised again. */
async function lastSeen({ db, codec }: Services, who: Who, since: number): Promise<Measure['seen']> {
  if (who.subject.kind !== 'resident') return undefined
  // A database that cannot be read must not keep anybody from being registered: the save will tell.
  const checkIn = await latestCheckInOf(db, codec, who.subject.residentId, since).catch(() => undefined)
  return checkIn && { direction: checkIn.direction, at: Date.parse(checkIn.deviceTime) + checkIn.clockOffset }
}

function lastOf({ who, direction }: Measure, measured: Measured | 'left', key: LastPassage['key']): LastPassage {
  const base = { key, who, direction, savedAt: Date.now() }
  if (measured === 'left') return { ...base, outcome: 'left' }
  return 'celsius' in measured ? { ...base, reading: measured, outcome: 'admitted' } : { ...base, outcome: 'not-measured' }
}

function signalOf(step: string, measured: Measured | 'left') {
  if (step === 'admitted') return measured !== 'left' && 'celsius' in measured ? 'saved' : 'ask'
  return step === 'too-low' ? 'ask' : 'wait'
}
