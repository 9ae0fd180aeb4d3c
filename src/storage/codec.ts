/** Turns a payload into what lies on disk and back. The database never sees what is inside. */
export interface Codec {
  seal(value: unknown): Promise<Uint8Array>
  open(bytes: Uint8Array): Promise<unknown>
}

const encoder = new TextEncoder()
const decoder = new TextDecoder()

/** JSON in UTF-8: readable by whoever copies the storage. */
export const plainCodec: Codec = {
  seal: async (value) => encoder.encode(JSON.stringify(value)),
  open: async (bytes) => JSON.parse(decoder.decode(bytes)),
}
