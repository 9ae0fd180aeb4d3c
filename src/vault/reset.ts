import { OWN_PREFIXES } from '../domain/recognisers'
import { err, ok, type Result } from '../domain/result'
import { fromBase45, toBase45 } from '../trust/base45'
import { fromBase64url, toBase64url } from '../trust/base64url'
import { RECEIVE, readReceiveKey } from '../trust/device-keys'
import { openEnvelope, sealTo } from '../trust/envelope'

/** Two codes held from phone to phone give a forgotten PIN back: the question to the lead's phone, and its answer. No network. */
const QUESTION = OWN_PREFIXES['reset-question']
const ANSWER = OWN_PREFIXES['reset-answer']
const ID = 6 // bytes of a device id that are told: the code must be read from a screen
const POINT = 65
const ENVELOPE = 65 + 32 + 16

export interface ResetQuestion {
  /** Whose PIN was forgotten: the beginning of the device's id. */
  readonly deviceId: string
  /** Whose phone can help: the beginning of its id. */
  readonly leadId: string
  /** The data key, sealed to the lead's phone long ago. */
  readonly envelope: Uint8Array<ArrayBuffer>
  /** Made for this question; its private half never leaves the asking phone's memory. */
  readonly answerTo: string
}

export type ResetError = 'not-a-question' | 'not-an-answer' | 'other-lead' | 'cannot-open'

/** The pair that the answer will be sealed to. */
export const newAnswerPair = (): Promise<CryptoKeyPair> => crypto.subtle.generateKey(RECEIVE, false, ['deriveBits'])

export function questionText({ deviceId, leadId, envelope, answerTo }: ResetQuestion): string {
  const parts = [fromBase64url(beginningOf(deviceId)), fromBase64url(beginningOf(leadId)), envelope, fromBase64url(answerTo)]
  return QUESTION + toBase45(Uint8Array.from(parts.flatMap((part) => [...(part ?? [])])))
}

/** 8 characters of base64url: the bytes that are told. */
const beginningOf = (deviceId: string) => deviceId.slice(0, (ID * 4) / 3)

export function readQuestion(text: string): Result<ResetQuestion, ResetError> {
  const bytes = text.startsWith(QUESTION) ? fromBase45(text.slice(QUESTION.length)) : err('not-base45')
  if (!bytes.ok || bytes.value.length !== ID + ID + ENVELOPE + POINT) return err('not-a-question')
  const part = (from: number, length: number) => bytes.value.slice(from, from + length)
  return ok({
    deviceId: toBase64url(part(0, ID)),
    leadId: toBase64url(part(ID, ID)),
    envelope: part(ID + ID, ENVELOPE),
    answerTo: toBase64url(part(ID + ID + ENVELOPE, POINT)),
  })
}

/** The lead's answer: the data key, opened and sealed anew to the asking phone; the lead's phone keeps nothing. */
export async function answerQuestion(
  question: ResetQuestion,
  lead: { readonly deviceId: string; readonly receive: CryptoKeyPair },
): Promise<Result<string, ResetError>> {
  if (question.leadId !== beginningOf(lead.deviceId)) return err('other-lead')
  const key = await readReceiveKey(question.answerTo)
  const raw = await openEnvelope(lead.receive, 'data-key', question.envelope)
  if (!key || !raw.ok) return err('cannot-open')
  return ok(ANSWER + toBase45(await sealTo(key, 'reset', raw.value)))
}

/** The data key out of an answer. */
export async function readAnswer(text: string, pair: CryptoKeyPair): Promise<Result<Uint8Array<ArrayBuffer>, ResetError>> {
  const bytes = text.startsWith(ANSWER) ? fromBase45(text.slice(ANSWER.length)) : err('not-base45')
  if (!bytes.ok) return err('not-an-answer')
  return openEnvelope(pair, 'reset', bytes.value)
}
