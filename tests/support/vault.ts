import type { GatepostDatabase } from '../../src/storage/database'
import { shiftKeyStore } from '../../src/storage/lock-store'
import { importPayloadKey, newKeyId, type PayloadKey } from '../../src/trust/payload'
import { type Codecs, createCodecs, type Receiver } from '../../src/vault/codecs'

export async function aDataKey(): Promise<PayloadKey> {
  return { id: newKeyId(), key: await importPayloadKey(crypto.getRandomValues(new Uint8Array(32))) }
}

/** What an unlocked phone reads and writes with. */
export async function aVault(db: GatepostDatabase, receiver?: Receiver, dataKey?: PayloadKey): Promise<Codecs> {
  return createCodecs({ dataKey: dataKey ?? (await aDataKey()), store: shiftKeyStore(db), receiver: () => receiver, clock: () => 0 })
}
