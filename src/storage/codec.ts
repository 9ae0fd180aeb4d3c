/** Turns a payload into what lies on disk and back. The database never sees what is inside. */
export interface Codec {
  /** `about` names the row that it is for: in another one it does not open. */
  seal(value: unknown, about: string): Promise<Uint8Array>
  /** Rejects what cannot be opened. */
  open(bytes: Uint8Array, about: string): Promise<unknown>
}
