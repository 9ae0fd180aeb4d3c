import { BASE_RULES } from '../../../domain/rules'
import { celsiusText } from '../../i18n/format'
import { t } from '../../i18n/translate'
import { useServices } from '../../services'
import { Section } from '../../ui/facts'

/** What is asked at this post today. */
export function RulesSection() {
  const { identity, preferences } = useServices()
  const { version, bands, retestAfter } = identity.value.rules
  const { threshold, tooLowBelow } = bands[preferences.value.site]
  return (
    <Section title={t('status.rules')}>
      <p>{version === BASE_RULES.version ? t('status.rules-base') : t('status.rules-version', { version })}</p>
      <ul class="plain-list">
        <li>{t('status.rules-threshold', { celsius: celsiusText(threshold), minutes: Math.round(retestAfter / 60_000) })}</li>
        <li>{t('status.rules-low', { celsius: celsiusText(tooLowBelow) })}</li>
      </ul>
    </Section>
  )
}
