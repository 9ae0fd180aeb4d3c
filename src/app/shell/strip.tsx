import { placeOf, shiftAt } from '../../domain/community'
import { minuteOfDay } from '../../domain/time'
import { spanText } from '../i18n/format'
import { t } from '../i18n/translate'
import { useServices } from '../services'
import { Icon } from '../ui/icon'
import { updateWaiting } from './service-worker-client'
import { storageRoom } from './storage-room'
import { type StripWarning, stripWarning } from './strip-warning'

/** Where one stands, and what has not reached the server: always on the screen; a tap tells the rest. */
export function Strip() {
  const { identity, counters, status, clock, unsaved, now } = useServices()
  const { posts, postId, community, state } = identity.value
  const room = storageRoom.value
  const warning = stripWarning({
    unsaved: unsaved.value,
    problem: status.value.problem,
    clock: clock.value,
    room: room && room.quota - room.usage,
  })
  const post = posts.find(({ id }) => id === postId)
  const shift = shiftAt(minuteOfDay(now(), -new Date().getTimezoneOffset()), community.shifts)
  const { waiting, rejected } = counters.value
  return (
    <header class="strip-head">
      <a class="strip" href="/status">
        {warning ? (
          <span class="strip-warning" role="status">
            <Icon name="warning" size={20} />
            {warningText(warning)}
          </span>
        ) : (
          <span class="strip-post">
            {placeOf(post)}
            {shift && ` · ${shift.name}`}
          </span>
        )}
        <span class="strip-counts">
          <span>{waitingText(state, waiting)}</span>
          {rejected > 0 && <b>{t('strip.returned', { count: rejected })}</b>}
          {updateWaiting.value && (
            <span class="strip-update">
              <span class="visually-hidden">{t('strip.update')}</span>
            </span>
          )}
        </span>
        <span class="visually-hidden">{t('strip.open-status')}</span>
      </a>
    </header>
  )
}

/** Nothing can be uploaded from a local post yet: its records are on this phone, and that is no arrears. */
function waitingText(state: 'local' | 'active', waiting: number): string {
  if (state === 'local') return t('strip.saved-here', { count: waiting })
  return waiting > 0 ? t('strip.waiting', { count: waiting }) : t('strip.all-uploaded')
}

function warningText(warning: StripWarning): string {
  switch (warning.kind) {
    case 'clock-fast':
      return t('strip.clock-fast', { by: spanText(warning.by) })
    case 'clock-slow':
      return t('strip.clock-slow', { by: spanText(warning.by) })
    case 'not-saved':
    case 'switched-off':
    case 'copied':
    case 'clock-back':
    case 'storage-low':
      return t(`strip.${warning.kind}`)
    default:
      return warning satisfies never
  }
}
