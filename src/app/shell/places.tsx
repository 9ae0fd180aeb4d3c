import { useLocation } from 'preact-iso'
import { t } from '../i18n/translate'
import { useServices } from '../services'

/** The three places at the foot: register, log, sent back. */
export function Places() {
  const { path } = useLocation()
  const { counters } = useServices()
  const { rejected } = counters.value
  const place = (href: string, label: string) => (
    <a href={href} {...(path === href ? { 'aria-current': 'page' as const } : {})}>
      {label}
    </a>
  )
  return (
    <nav class="places" aria-label={t('nav.label')}>
      {place('/', t('nav.gate'))}
      {place('/log', t('nav.log'))}
      {place('/returned', rejected > 0 ? t('strip.returned', { count: rejected }) : t('nav.returned'))}
    </nav>
  )
}
