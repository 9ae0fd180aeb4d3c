import type { Management, Post, PostType, Setting } from '../community'
import type { CompoundId } from '../ids'
import { BASE_RULES, type Parameters, type Rules } from './rules'

/** For which posts a rule set is made. */
export type Scope =
  | { readonly level: 'city' }
  | { readonly level: 'district'; readonly district: string }
  | { readonly level: 'tier'; readonly tier: Setting['tier'] }
  /** 有无物业, 是否封闭: either or both. */
  | { readonly level: 'management'; readonly management?: readonly Management[]; readonly enclosed?: boolean }
  | { readonly level: 'compound'; readonly compoundId: CompoundId }
  | { readonly level: 'post-type'; readonly type: PostType; readonly compoundId?: CompoundId }

/** From the widest to the most specific, which wins. */
export const SCOPE_LEVELS = ['city', 'district', 'tier', 'management', 'compound', 'post-type'] as const satisfies readonly Scope['level'][]

/** A dated rule: a notice of the city, or what a community has settled for itself. */
export interface RuleSet {
  readonly id: string
  /** 第6号; none where it has no number. */
  readonly noticeNo?: string
  readonly title: string
  readonly scope: Scope
  /** ISO 8601 with offset. */
  readonly effectiveFrom: string
  readonly effectiveUntil?: string
  readonly parameters: Partial<Parameters>
  /** What the post reads. */
  readonly text: string
  /** False: the wording, or the hour from which it held, was not found. */
  readonly textFound: boolean
}

/** Whether a set speaks of a post at an instant, ms since 1970. */
export function applies(set: RuleSet, post: Post, instant: number): boolean {
  return isInForce(set, instant) && isFor(set.scope, post)
}

/** What holds at a post at an instant: the most specific scope wins, and within a scope the later. */
export function resolveRules(sets: readonly RuleSet[], post: Post, instant: number): Rules {
  const inOrder = setsInForce(sets, post, instant)
  const parameters: Partial<Parameters> = Object.assign({}, ...inOrder.map((set) => set.parameters))
  const deciding = inOrder.filter((set, i) => names(set).some((name) => !inOrder.slice(i + 1).some((later) => name in later.parameters)))
  return { ...BASE_RULES, ...parameters, version: deciding.map(({ id }) => id).join('+') || BASE_RULES.version }
}

/** The sets that speak of a post at an instant, the most specific last. */
export function setsInForce(sets: readonly RuleSet[], post: Post, instant: number): readonly RuleSet[] {
  return sets.filter((set) => applies(set, post, instant)).sort(bySpecificity)
}

/** The next instant, ms, at which the sets in force change; undefined: none is known. */
export function nextRuleChange(sets: readonly RuleSet[], after: number): number | undefined {
  const turns = sets
    .flatMap(({ effectiveFrom, effectiveUntil }) => [effectiveFrom, ...(effectiveUntil ? [effectiveUntil] : [])])
    .map((time) => Date.parse(time))
    .filter((time) => time > after)
  return turns.length > 0 ? Math.min(...turns) : undefined
}

const names = ({ parameters }: RuleSet) => Object.keys(parameters)

function bySpecificity(a: RuleSet, b: RuleSet): number {
  const level = (set: RuleSet) => SCOPE_LEVELS.indexOf(set.scope.level)
  const breadth = (set: RuleSet) => (set.scope.level === 'post-type' && set.scope.compoundId ? 1 : 0)
  return (
    level(a) - level(b) ||
    breadth(a) - breadth(b) ||
    Date.parse(a.effectiveFrom) - Date.parse(b.effectiveFrom) ||
    (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
  )
}

function isInForce({ effectiveFrom, effectiveUntil }: RuleSet, instant: number): boolean {
  return Date.parse(effectiveFrom) <= instant && (effectiveUntil === undefined || instant < Date.parse(effectiveUntil))
}

function isFor(scope: Scope, { type, compoundId, setting }: Post): boolean {
  switch (scope.level) {
    case 'city':
      return true
    case 'district':
      return setting?.district === scope.district
    case 'tier':
      return setting?.tier === scope.tier
    case 'management':
      return (
        setting?.management !== undefined &&
        (scope.management === undefined || scope.management.includes(setting.management)) &&
        (scope.enclosed === undefined || scope.enclosed === setting.enclosed)
      )
    case 'compound':
      return compoundId === scope.compoundId
    case 'post-type':
      return type === scope.type && (scope.compoundId === undefined || scope.compoundId === compoundId)
    default:
      return scope satisfies never
  }
}

/** The rules by which a record was judged: those that its version names, in that order, as far as they are known. */
export function rulesOfVersion(sets: readonly RuleSet[], version: string): Rules {
  const named = version.split('+').flatMap((id) => sets.find((set) => set.id === id) ?? [])
  return { ...BASE_RULES, ...Object.assign({}, ...named.map(({ parameters }) => parameters)), version }
}
