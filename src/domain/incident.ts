import type { ContactRole } from './community'
import type { OperationKey } from './ids'
import type { Operation } from './operation'
import { type Passage, standingOf } from './passage'
import type { IncidentStep } from './post-operations'
import { correctedTime } from './time'

/** What the post does with somebody whose fever is confirmed, in this order; each once. */
export const CHECKLIST = ['distance', 'called-community', 'called-health', 'called-emergency'] as const
export type CheckItem = (typeof CHECKLIST)[number]

export const OUTCOMES = ['fever-clinic', 'hospital', 'home', 'cleared', 'refused'] as const
/** 去向. */
export type Outcome = (typeof OUTCOMES)[number]

/** Whom the post reached: by a role's number, or 120. */
export type Reached = ContactRole | 'emergency'

/** A step of an incident; it is open until closed. */
export type StepTaken =
  | { readonly at: 'checked'; readonly item: CheckItem }
  | { readonly at: 'called'; readonly role: ContactRole }
  | { readonly at: 'symptoms'; readonly words: string }
  /** 交接人. */
  | { readonly at: 'taken-over'; readonly by: string }
  | { readonly at: 'closed'; readonly outcome: Outcome; readonly words?: string }

/** 异常处置, folded from a confirmed passage and the steps taken since. */
export interface Incident {
  readonly key: OperationKey
  readonly passage: Passage
  /** What was done and not taken back, in its order: a closing by mistake is one that can be. */
  readonly steps: readonly IncidentStep[]
  /** When it was confirmed, corrected ms. */
  readonly openedAt: number
  readonly checked: ReadonlySet<CheckItem>
  /** Whom the post called: by one tap here, or as it was ticked. */
  readonly calls: readonly { readonly whom: Reached; readonly at: number }[]
  readonly symptoms?: string
  readonly takenOver?: { readonly by: string; readonly at: number }
  readonly closed?: { readonly outcome: Outcome; readonly words?: string; readonly at: number }
}

/** Undefined: nothing was confirmed, or the passage no longer counts. */
export function incidentOf(passage: Passage, linked: readonly Operation[]): Incident | undefined {
  if (passage.step.at !== 'confirmed' || passage.voided) return undefined
  const steps = standingOf(linked).filter((operation): operation is IncidentStep => operation.kind === 'incident-step')
  const taken = steps.map(({ step, ...stamp }) => ({ step, at: correctedTime(stamp) }))
  const last = <At extends StepTaken['at']>(at: At) =>
    taken.flatMap(({ step, at: time }) => (step.at === at ? [{ ...(step as Extract<StepTaken, { at: At }>), time }] : [])).at(-1)
  const symptoms = last('symptoms')?.words
  const over = last('taken-over')
  const closed = last('closed')
  return {
    key: passage.key,
    passage,
    steps,
    openedAt: passage.confirmed[0]?.at ?? passage.lastReadingAt,
    checked: new Set(taken.flatMap(({ step }) => (step.at === 'checked' ? [step.item] : []))),
    calls: callsIn(taken),
    ...(symptoms ? { symptoms } : {}),
    ...(over ? { takenOver: { by: over.by, at: over.time } } : {}),
    ...(closed ? { closed: { outcome: closed.outcome, at: closed.time, ...(closed.words ? { words: closed.words } : {}) } } : {}),
  }
}

const TICKED: Readonly<Partial<Record<CheckItem, Reached>>> = {
  'called-community': 'community',
  'called-health': 'health',
  'called-emergency': 'emergency',
}

/** A tick after the call that it is of is the same call. */
function callsIn(taken: readonly { readonly step: StepTaken; readonly at: number }[]): Incident['calls'] {
  const calls: { whom: Reached; at: number }[] = []
  for (const { step, at } of taken) {
    if (step.at === 'called') calls.push({ whom: step.role, at })
    const whom = step.at === 'checked' ? TICKED[step.item] : undefined
    if (whom && !calls.some((call) => call.whom === whom)) calls.push({ whom, at })
  }
  return calls
}
