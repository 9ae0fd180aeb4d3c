/** Memory that is used again for each frame, by what it is for: at ten frames a second, new memory for each would be collected all day. */
export type KeptBuffers = (use: string, bytes: number) => Uint8ClampedArray<ArrayBuffer>

export function createKeptBuffers(): KeptBuffers {
  const kept = new Map<string, Uint8ClampedArray<ArrayBuffer>>()
  return (use, bytes) => {
    const before = kept.get(use)
    if (before && before.length >= bytes) return before.length === bytes ? before : before.subarray(0, bytes)
    const made = new Uint8ClampedArray(bytes)
    kept.set(use, made)
    return made
  }
}
