import { useEffect } from 'preact/hooks'
import { may } from '../../../domain/role'
import { DevicesResponse } from '../../../wire/desk'
import { PATHS } from '../../../wire/protocol'
import { useServices } from '../../services'

/** Asks the server which other phones stand at these posts, and keeps its answer: a report says which of them are not merged, offline too. */
export function useKnownPhones(): void {
  const { identity, ask, keep } = useServices()
  const { role, state, deviceId } = identity.value
  const asks = state === 'active' && may(role, 'see-devices')
  useEffect(() => {
    if (!asks) return
    void ask(DevicesResponse, PATHS.devices).then((answer) => {
      if (!answer.ok) return
      const others = answer.value.devices.filter(({ id, revokedAt, wipedAt }) => id !== deviceId && !revokedAt && !wipedAt)
      const phones = others.map(({ id, name, unitId, lastSeenAt }) => ({
        // The server's ids are device ids.
        deviceId: id as typeof deviceId,
        name: [name, id.slice(0, 4)].filter(Boolean).join(' '),
        unitId,
        ...(lastSeenAt ? { lastSeen: Date.parse(lastSeenAt) } : {}),
      }))
      void keep('phones', phones)
    })
  }, [asks, ask, keep, deviceId])
}
