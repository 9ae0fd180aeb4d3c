import { useState } from 'preact/hooks'
import { may, mayHandle } from '../../../domain/role'
import type { SyncError } from '../../../sync/sync-error'
import { type DeviceRow, DevicesResponse, DoneResponse } from '../../../wire/desk'
import { PATHS } from '../../../wire/protocol'
import { dayClockText } from '../../i18n/format'
import { t } from '../../i18n/translate'
import { useServices } from '../../services'
import { Button } from '../../ui/button'
import { Dialog } from '../../ui/dialog'
import { Notice } from '../../ui/notice'
import { Screen } from '../../ui/screen'
import { Skeleton } from '../../ui/skeleton'
import { AskProblem } from './ask-problem'
import { useAsked } from './use-asked'
import './manage.css'

/** The phones of one's scope: who has one, when it was last seen, and the switch that turns it off. */
export function PhonesScreen() {
  const { identity, ask } = useServices()
  const { role, deviceId } = identity.value
  const [asked, again] = useAsked(DevicesResponse, PATHS.devices)
  const [chosen, setChosen] = useState<DeviceRow>()
  const [problem, setProblem] = useState<SyncError>()

  const switchOff = async (device: DeviceRow) => {
    const done = await ask(DoneResponse, PATHS.switchOff, { deviceId: device.id })
    setProblem(done.ok ? undefined : done.error)
    if (!done.ok) return
    setChosen(undefined)
    again()
  }

  return (
    <Screen title={t('manage.phones')} back={{ href: '/manage', label: t('common.back') }}>
      {asked.at === 'asking' && <Skeleton label={t('manage.asking')} />}
      {asked.at === 'failed' && <AskProblem error={asked.error} onRetry={again} />}
      {asked.at === 'answered' && (
        <ul class="phones">
          {asked.answer.devices.map((device) => (
            <li key={device.id}>
              <h2>
                {device.name || t('manage.nameless')} · {device.id.slice(0, 6)}
                {device.id === deviceId && ` · ${t('manage.this-phone')}`}
              </h2>
              <p>
                {t(`role.${device.role}`)} · {device.unitName}
              </p>
              <p class="soft">{stateOf(device)}</p>
              {device.heldBack > 0 && may(role, 'decide-quarantine') && (
                <a class="button button-plain" href={`/manage/phones/${device.id}`}>
                  {t('manage.held-back', { count: device.heldBack })}
                </a>
              )}
              {!device.revokedAt && device.id !== deviceId && mayHandle(role, device.role) && (
                <Button look="danger" onClick={() => setChosen(device)}>
                  {t('manage.switch-off')}
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      {chosen && (
        <Dialog
          title={t('manage.switch-off-title', { phone: `${chosen.name} ${chosen.id.slice(0, 6)}` })}
          onClose={() => setChosen(undefined)}
        >
          <Notice tone="wait" title={t('manage.switch-off-what')} />
          {problem && <AskProblem error={problem} />}
          <Button look="danger" tall wide onClick={() => void switchOff(chosen)}>
            {t('manage.switch-off')}
          </Button>
          <Button look="quiet" wide onClick={() => setChosen(undefined)}>
            {t('common.cancel')}
          </Button>
        </Dialog>
      )}
    </Screen>
  )
}

function stateOf({ wipedAt, clonedAt, revokedAt, lastSeenAt }: DeviceRow): string {
  const at = (time: string) => dayClockText(Date.parse(time))
  if (wipedAt) return t('manage.wiped-at', { time: at(wipedAt) })
  if (revokedAt) return t('manage.off-since', { time: at(revokedAt) })
  if (clonedAt) return t('manage.cloned-since', { time: at(clonedAt) })
  return lastSeenAt ? t('manage.last-seen', { time: at(lastSeenAt) }) : t('manage.never-seen')
}
