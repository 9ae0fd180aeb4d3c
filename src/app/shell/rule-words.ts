import type { Rules } from '../../domain/rules/rules'
import { celsiusText } from '../i18n/format'
import { t } from '../i18n/translate'

const clock = (minute: number) => `${Math.floor(minute / 60)}:${String(minute % 60).padStart(2, '0')}`

/** When strangers may come in; undefined: always. */
export function gateHoursText({ gateHours }: Rules): string | undefined {
  return gateHours === 'always' ? undefined : t('rules.gate-hours', { from: clock(gateHours.from), to: clock(gateHours.to) })
}

/** How often a household may go out; undefined: as often as it likes. */
export function outingQuotaText({ outingQuota }: Rules): string | undefined {
  return outingQuota === 'off' ? undefined : t('rules.outing-quota', outingQuota)
}

/** What is asked, as one would say it; `site`: whose threshold is told. */
export function ruleLines(rules: Rules, site: keyof Rules['bands']): string[] {
  const { threshold, tooLowBelow } = rules.bands[site]
  const limits = [gateHoursText(rules), outingQuotaText(rules)].filter((line) => line !== undefined)
  return [
    ...(rules.responseLevel === 'none' ? [] : [t(`status.rules-level-${rules.responseLevel}`)]),
    t(`rules.passage-${rules.passage}`),
    t(`rules.reading-${rules.readingOn}`),
    ...(rules.reading === 'in-range' ? [t('rules.in-range')] : []),
    t('status.rules-threshold', { celsius: celsiusText(threshold), minutes: Math.round(rules.retestAfter / 60_000) }),
    t('status.rules-low', { celsius: celsiusText(tooLowBelow) }),
    ...(rules.mask === 'required' ? [t('rules.mask')] : []),
    ...(rules.pass === 'required' ? [t('rules.pass')] : []),
    t(`rules.visitors-${rules.visitors}`),
    ...(rules.keyAreaVisitors === 'barred' ? [t('rules.key-area-barred')] : []),
    ...(rules.visitorId === 'asked' ? [t('rules.visitor-id')] : []),
    t(`rules.couriers-${rules.couriers}`),
    ...(rules.arrivals === 'register' ? [t('rules.arrivals')] : []),
    ...(rules.unregistered === 'send-to-platform' ? [t('rules.platform')] : []),
    t(`status.rules-vehicles-${rules.vehicles}`),
    ...limits,
  ]
}
