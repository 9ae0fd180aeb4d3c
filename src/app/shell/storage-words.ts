import type { StorageError } from '../../storage/storage-error'
import type { PlainKey } from '../i18n/translate'

/** Each storage error's words: what happened, and what to do. */
export const STORAGE_WORDS = {
  'storage-full': { title: 'error.storage-full', todo: 'error.storage-full-todo' },
  'storage-blocked': { title: 'error.storage-blocked', todo: 'error.storage-blocked-todo' },
  'storage-closed': { title: 'error.storage-closed', todo: 'error.storage-closed-todo' },
  'storage-unavailable': { title: 'error.storage-unavailable', todo: 'error.storage-unavailable-todo' },
  'storage-fault': { title: 'error.storage-fault', todo: 'error.storage-fault-todo' },
} as const satisfies Record<StorageError['kind'], { title: PlainKey; todo: PlainKey }>
