/** Turns a payload into what lies on disk and back. The database never sees what is inside. */
export interface Codec {
  /** `about` names the row that it is for: in another one it does not open. */
  seal(value: unknown, about: string): Promise<Uint8Array>
  /** Rejects what cannot be opened. */
  open(bytes: Uint8Array, about: string): Promise<unknown>
}

/** Of two sealed payloads: each sealing is unlike any other, so the same bytes are the same write. */
export function isSamePayload(a: Uint8Array | undefined, b: Uint8Array | undefined): boolean {
  if (!a || !b) return a === b
  return a.length === b.length && a.every((byte, i) => byte === b[i])
}
