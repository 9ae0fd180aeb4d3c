import type { SyncError } from '../../../sync/sync-error'
import type { PlainKey } from '../../i18n/translate'

/** Each sync error's words: what happened, and what to do. */
export const SYNC_WORDS = {
  offline: { title: 'sync.offline', todo: 'sync.offline-todo' },
  timeout: { title: 'sync.timeout', todo: 'sync.timeout-todo' },
  'not-gatepost': { title: 'sync.not-gatepost', todo: 'sync.not-gatepost-todo' },
  unauthorised: { title: 'sync.unauthorised', todo: 'sync.unauthorised-todo' },
  'device-revoked': { title: 'sync.device-revoked', todo: 'sync.device-revoked-todo' },
  'device-cloned': { title: 'sync.device-cloned', todo: 'sync.device-cloned-todo' },
  busy: { title: 'sync.busy', todo: 'sync.busy-todo' },
  'server-fault': { title: 'sync.server-fault', todo: 'sync.server-fault-todo' },
  refused: { title: 'sync.refused', todo: 'sync.refused-todo' },
  unsupported: { title: 'sync.unsupported', todo: 'sync.unsupported-todo' },
  locked: { title: 'sync.locked', todo: 'sync.locked-todo' },
  storage: { title: 'sync.storage', todo: 'sync.storage-todo' },
} as const satisfies Record<SyncError['kind'], { title: PlainKey; todo: PlainKey }>
