import { Aes256Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } from '@hpke/core'
import { err, ok, type Result } from '../domain/result'

/** What an envelope is for; one that was sealed for one purpose opens for no other. */
export type Purpose = 'shift-key' | 'data-key' | 'reset' | 'pass-on' | 'day-file'

const suite = new CipherSuite({ kem: new DhkemP256HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm() })
const ENC = 65 // bytes of the encapsulated key
const infoOf = (purpose: Purpose) => new TextEncoder().encode(`gatepost ${purpose}`).buffer

/** Seals to a receive key (HPKE base mode, RFC 9180): the encapsulated key, then the ciphertext. */
export async function sealTo(receiver: CryptoKey, purpose: Purpose, plain: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const { enc, ct } = await suite.seal({ recipientPublicKey: receiver, info: infoOf(purpose) }, plain.slice().buffer)
  const envelope = new Uint8Array(enc.byteLength + ct.byteLength)
  envelope.set(new Uint8Array(enc))
  envelope.set(new Uint8Array(ct), enc.byteLength)
  return envelope
}

export async function openEnvelope(
  receiver: CryptoKeyPair,
  purpose: Purpose,
  envelope: Uint8Array<ArrayBuffer>,
): Promise<Result<Uint8Array<ArrayBuffer>, 'cannot-open'>> {
  if (envelope.length <= ENC) return err('cannot-open')
  try {
    const enc = envelope.slice(0, ENC).buffer
    const plain = await suite.open({ recipientKey: receiver, enc, info: infoOf(purpose) }, envelope.slice(ENC).buffer)
    return ok(new Uint8Array(plain))
  } catch {
    // Of another key, for another purpose, or damaged: the library throws alike.
    return err('cannot-open')
  }
}
