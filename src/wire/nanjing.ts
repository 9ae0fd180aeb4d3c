import type { RuleSet } from '../domain/rules/rule-set'
import NANJING from './notices/nanjing-2020-02.json'
import { asRuleSets } from './rules'

/** The notices of February 2020: the demo's, and a local post's where its lead takes them. */
export const NANJING_RULES: readonly RuleSet[] = asRuleSets(NANJING as Parameters<typeof asRuleSets>[0])
