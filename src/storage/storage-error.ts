/** What a phone's storage may answer; each has its words on the screen. */
export type StorageError =
  | { readonly kind: 'storage-full' }
  /** Another page holds an older version open. */
  | { readonly kind: 'storage-blocked' }
  /** The system closed the connection (iOS does, in the background), and it would not open again. */
  | { readonly kind: 'storage-closed' }
  /** This browser keeps nothing: private browsing, or storage switched off. */
  | { readonly kind: 'storage-unavailable' }
  | { readonly kind: 'storage-fault' }

const KIND_BY_NAME: Readonly<Record<string, StorageError['kind']>> = {
  QuotaExceededError: 'storage-full',
  BlockedError: 'storage-blocked',
  InvalidStateError: 'storage-closed',
  DatabaseClosedError: 'storage-closed',
  UnknownError: 'storage-closed',
  SecurityError: 'storage-unavailable',
  MissingAPIError: 'storage-unavailable',
  NotAllowedError: 'storage-unavailable',
}

/** Translates what IndexedDB or Dexie threw, by name; the innermost cause speaks first. */
export function storageError(cause: unknown): StorageError {
  const inner = innerOf(cause)
  const kind = KIND_BY_NAME[nameOf(inner)] ?? KIND_BY_NAME[nameOf(cause)] ?? 'storage-fault'
  return { kind }
}

function innerOf(cause: unknown): unknown {
  return typeof cause === 'object' && cause !== null && 'inner' in cause ? cause.inner : undefined
}

function nameOf(cause: unknown): string {
  return typeof cause === 'object' && cause !== null && 'name' in cause ? String(cause.name) : ''
}
