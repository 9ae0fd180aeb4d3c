import { readReceiveKey } from '../trust/device-keys'
import { sealTo } from '../trust/envelope'
import { importPayloadKey, jsonBytes, jsonIn, newKeyId, openPayload, type PayloadKey, payloadKeyId, sealPayload } from '../trust/payload'
import { packed, unpacked } from './packing'

/** A shift key as it lies on disk: under the data key, for this phone, and sealed to the server, for delivery. */
export interface KeptShiftKey {
  readonly id: string
  readonly forPhone: Uint8Array
  readonly forServer?: { readonly receiveKeyId: string; readonly envelope: Uint8Array }
  /** Device ms. */
  readonly madeAt: number
}

export interface ShiftKeyStore {
  find(id: string): Promise<KeptShiftKey | undefined>
  put(kept: KeptShiftKey): Promise<unknown>
  all(): Promise<readonly KeptShiftKey[]>
}

/** The server's receive key. */
export interface Receiver {
  readonly keyId: string
  readonly publicKey: string
}

/** Seals and opens what lies on disk. `about` is what it belongs to: elsewhere it does not open. */
export interface SealingCodec {
  seal(value: unknown, about: string): Promise<Uint8Array<ArrayBuffer>>
  open(bytes: Uint8Array, about: string): Promise<unknown>
}

export interface Codecs {
  /** Under the shift key of this unlock: what is recorded, and delivered. */
  readonly facts: SealingCodec
  /** Under the data key, packed: what only this phone reads. */
  readonly own: SealingCodec
  /** Seals the shift keys to a server that was not known when they were made, or has another key now. */
  addReceiver(receiver: Receiver): Promise<void>
}

export interface CodecParts {
  readonly dataKey: PayloadKey
  readonly store: ShiftKeyStore
  receiver(): Receiver | undefined
  /** Device ms. */
  clock(): number
}

/** What an unlocked phone reads and writes with. The shift key is made with the first record. */
export function createCodecs({ dataKey, store, receiver, clock }: CodecParts): Codecs {
  const opened = new Map<string, Promise<CryptoKey>>()
  let current: Promise<PayloadKey> | undefined

  const shiftKey = () => {
    current ??= newShiftKey().catch((cause: unknown) => {
      current = undefined
      throw cause
    })
    return current
  }

  async function newShiftKey(): Promise<PayloadKey> {
    const raw = crypto.getRandomValues(new Uint8Array(32))
    const id = newKeyId()
    const to = receiver()
    const kept: KeptShiftKey = {
      id,
      forPhone: await sealPayload(dataKey, raw, aboutShiftKey(id)),
      madeAt: clock(),
      ...(to ? await sealedFor(to, raw) : {}),
    }
    // On disk before the first record that it seals.
    await store.put(kept)
    const key = await importPayloadKey(raw)
    opened.set(id, Promise.resolve(key))
    return { id, key }
  }

  const rawOf = async (kept: KeptShiftKey): Promise<Uint8Array<ArrayBuffer>> => {
    const raw = await openPayload(dataKey.key, kept.forPhone, aboutShiftKey(kept.id))
    if (!raw.ok) throw new UnreadableError()
    return raw.value
  }

  const keyOf = (id: string): Promise<CryptoKey> => {
    if (id === dataKey.id) return Promise.resolve(dataKey.key)
    const known = opened.get(id)
    if (known) return known
    const found = store.find(id).then(async (kept) => {
      if (!kept) throw new UnreadableError()
      return importPayloadKey(await rawOf(kept))
    })
    opened.set(id, found)
    found.catch(() => opened.delete(id))
    return found
  }

  const plainOf = async (bytes: Uint8Array, about: string): Promise<Uint8Array<ArrayBuffer>> => {
    const id = payloadKeyId(bytes)
    const plain = id === undefined ? undefined : await openPayload(await keyOf(id), bytes, about)
    if (!plain?.ok) throw new UnreadableError()
    return plain.value
  }

  return {
    facts: {
      seal: async (value, about) => sealPayload(await shiftKey(), jsonBytes(value), about),
      open: async (bytes, about) => jsonIn(await plainOf(bytes, about)),
    },
    own: {
      seal: async (value, about) => sealPayload(dataKey, await packed(jsonBytes(value)), about),
      open: async (bytes, about) => unpacked(await plainOf(bytes, about)),
    },
    async addReceiver(to) {
      for (const kept of await store.all()) {
        if (kept.forServer?.receiveKeyId === to.keyId) continue
        await store.put({ ...kept, ...(await sealedFor(to, await rawOf(kept))) })
      }
    },
  }
}

/** What lies there was sealed with a key that this phone has not, or was changed. */
export class UnreadableError extends Error {
  override readonly name = 'UnreadableError'
}

const aboutShiftKey = (id: string) => `shift-key ${id}`

async function sealedFor({ keyId, publicKey }: Receiver, raw: Uint8Array<ArrayBuffer>): Promise<Pick<KeptShiftKey, 'forServer'>> {
  const key = await readReceiveKey(publicKey)
  return key ? { forServer: { receiveKeyId: keyId, envelope: await sealTo(key, 'shift-key', raw) } } : {}
}
