import { TRAIL_WHATS, type TrailWhat } from '../../../domain/trail'
import { TrailResponse } from '../../../wire/desk'
import { PATHS } from '../../../wire/protocol'
import { dayClockText } from '../../i18n/format'
import { t } from '../../i18n/translate'
import { Screen } from '../../ui/screen'
import { Skeleton } from '../../ui/skeleton'
import { AskProblem } from './ask-problem'
import { useAsked } from './use-asked'
import './manage.css'

/** Who did what to which thing, newest first; nobody can change it, and looking at it stands in it. */
export function TrailScreen() {
  const [asked, again] = useAsked(TrailResponse, PATHS.trail)
  return (
    <Screen title={t('manage.trail')} back={{ href: '/manage', label: t('common.back') }}>
      <p class="soft">{t('manage.trail-what')}</p>
      {asked.at === 'asking' && <Skeleton label={t('manage.asking')} />}
      {asked.at === 'failed' && <AskProblem error={asked.error} onRetry={again} />}
      {asked.at === 'answered' && (
        <ol class="trail">
          {asked.answer.entries.map(({ entryNo, at, actor, what, about, detail }) => (
            <li key={entryNo}>
              <b>{isKnown(what) ? t(`trail.${what}`) : what}</b>
              <span>
                {dayClockText(Date.parse(at))} · {t('manage.trail-by', { phone: actor.slice(0, 12) })}
              </span>
              <span class="soft">{[about, ...Object.values(detail ?? {})].filter(Boolean).join(' · ')}</span>
            </li>
          ))}
        </ol>
      )}
    </Screen>
  )
}

const isKnown = (what: string): what is TrailWhat => TRAIL_WHATS.some((known) => known === what)
