import type { Notice } from '../../domain/notice'
import type { RuleSet } from '../../domain/rules/rule-set'
import { CHINA, type Day, dayOf } from '../../domain/time'
import { NANJING_RULES } from '../../wire/nanjing'
import type { ObservedIn } from '../database/observations'
import type { DemoRoster } from './roster'

const DAY = 86_400_000
const TODAY = Date.parse('2020-02-18T00:00:00+08:00')
const HOUSEHOLDS_OBSERVED = 9
const PEOPLE_OBSERVED = 18

/** The notices of February 2020, moved by whole days so that 18 February is today. */
export function demoRuleSets(now: number): readonly RuleSet[] {
  const by = midnight(now) - TODAY
  const moved = (time: string) => `${new Date(Date.parse(time) + by + CHINA * 60_000).toISOString().slice(0, 19)}+08:00`
  return NANJING_RULES.map((set) => ({ ...set, effectiveFrom: moved(set.effectiveFrom) }))
}

/** Eighteen people in nine households, each until another day of the next fortnight. */
export function demoObservations(rosters: readonly DemoRoster[], now: number): ObservedIn[] {
  const large = rosters.flatMap(({ compound, pages }) =>
    pages.flatMap(({ households }) =>
      households.filter(({ residents }) => residents.length >= 3).map((household) => ({ compoundId: compound.id, household })),
    ),
  )
  const step = Math.floor(large.length / HOUSEHOLDS_OBSERVED)
  return Array.from({ length: HOUSEHOLDS_OBSERVED }, (_, i) => large[i * step + 1]).flatMap((found, i) => {
    if (!found) return []
    const { compoundId, household } = found
    const until = dayOf(now + (i + 2) * DAY, CHINA) as Day
    return household.residents
      .slice(0, PEOPLE_OBSERVED / HOUSEHOLDS_OBSERVED)
      .map(({ id }) => ({ residentId: id, householdId: household.id, compoundId, kind: 'home' as const, until }))
  })
}

export function demoNotice(now: number): Notice {
  return {
    id: 'demo-notice',
    title: '今天起有物业小区不查出入证',
    text: '第13号通告今天零时生效：有物业管理的小区不得要求出示出入证，租户与业主一样进出。照常测体温、戴口罩、登记。',
    publishedAt: new Date(midnight(now)).toISOString(),
  }
}

const midnight = (now: number) => Date.parse(`${dayOf(now, CHINA)}T00:00:00+08:00`)
