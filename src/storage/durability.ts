/** Asks the browser to keep this origin's data when space runs short. */
export async function askToPersist(): Promise<'kept' | 'not-kept' | 'unknown'> {
  if (!navigator.storage?.persist) return 'unknown'
  if (await navigator.storage.persisted()) return 'kept'
  return (await navigator.storage.persist()) ? 'kept' : 'not-kept'
}

/** Bytes used and bytes allowed, where the browser tells. */
export async function storageEstimate(): Promise<{ readonly usage: number; readonly quota: number } | undefined> {
  if (!navigator.storage?.estimate) return undefined
  const { usage, quota } = await navigator.storage.estimate()
  return usage === undefined || quota === undefined ? undefined : { usage, quota }
}
