import { shiftAt } from '../../domain/community'
import { minuteOfDay } from '../../domain/time'
import { t } from '../i18n/translate'
import { useServices } from '../services'

/** Where one stands, and what has not reached the server: always on the screen; a tap tells the rest. */
export function Strip() {
  const { identity, counters, now } = useServices()
  const { posts, postId, community } = identity.value
  const post = posts.find(({ id }) => id === postId)
  const shift = shiftAt(minuteOfDay(now(), -new Date().getTimezoneOffset()), community.shifts)
  const { waiting, rejected } = counters.value
  return (
    <a class="strip" href="/status" aria-label={t('strip.open-status')}>
      <span class="strip-post">
        {post && [post.compoundName, post.name].filter(Boolean).join(' ')}
        {shift && ` · ${shift.name}`}
      </span>
      <span class="strip-counts" role="status">
        <span>{waiting > 0 ? t('strip.waiting', { count: waiting }) : t('strip.all-uploaded')}</span>
        {rejected > 0 && <b>{t('strip.returned', { count: rejected })}</b>}
      </span>
    </a>
  )
}
