import { t } from '../../i18n/translate'
import { useServices } from '../../services'
import { BUILD } from '../../shell/build'
import { Section } from '../../ui/facts'

/** Who collects, what stays where and how long, and under which licence this is. */
export function About() {
  const { collectingBody, contact } = useServices().identity.value.community
  return (
    <Section title={t('settings.about')}>
      <p>{t('settings.about-purpose', { body: collectingBody, contact })}</p>
      <p>{t('settings.about-kept')}</p>
      <p>{t('settings.about-shown')}</p>
      <p class="soft">
        {t('settings.about-licence')} {BUILD}
      </p>
    </Section>
  )
}
