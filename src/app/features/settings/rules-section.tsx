import { nextRuleChange, setsInForce } from '../../../domain/rules/rule-set'
import { dayClockText } from '../../i18n/format'
import { t } from '../../i18n/translate'
import { useServices } from '../../services'
import { ruleLines } from '../../shell/rule-words'
import { Section } from '../../ui/facts'

/** What is asked at this post today. */
export function RulesSection() {
  const { identity, preferences, rules, post, now } = useServices()
  const { version } = rules.value
  const sets = setsInForce(identity.value.ruleSets, post.value, now())
  const next = nextRuleChange(identity.value.ruleSets, now())
  return (
    <Section title={t('status.rules')}>
      {sets.length === 0 && <p>{t('status.rules-base')}</p>}
      {sets.map(({ id, title, text, textFound, effectiveFrom }) => (
        <details key={id} class="rule">
          <summary>{title}</summary>
          <p>{t('status.rules-from', { from: dayClockText(Date.parse(effectiveFrom)) })}</p>
          <p>{text}</p>
          {!textFound && <p class="soft">{t('status.rules-not-found')}</p>}
        </details>
      ))}
      <p class="soft">{t('status.rules-version', { version })}</p>
      {next !== undefined && <p class="soft">{t('status.rules-next', { from: dayClockText(next) })}</p>}
      <ul class="plain-list">
        {ruleLines(rules.value, preferences.value.site).map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </Section>
  )
}
