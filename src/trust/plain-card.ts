import { cardIdOf } from '../domain/card'
import type { CardId } from '../domain/ids'
import { isOwnCode, recognise, scannedText } from '../domain/recognisers'

/** So that the id of a plain code is no hash that somebody else has made a table of. */
const SEPARATION = 'gatepost plain card v1\n'
const LONGEST = 500 // characters; no card of paper says more
const ID = 8 // bytes

/** A code of others' making as it is compared; undefined for what can be none: one of ours, nothing, or what a spreadsheet made of a long number. */
export function plainCodeOf(written: string): string | undefined {
  const text = scannedText(written).normalize('NFKC').trim()
  if (text === '' || text.length > LONGEST || isOwnCode(recognise(text))) return undefined
  if (/^\d+(?:\.\d+)?e\+?\d+$/i.test(text)) return undefined
  // A spreadsheet drops the zeros before a number.
  return /^\d+$/.test(text) ? text.replace(/^0+(?=\d)/, '') : text
}

/** The id that stands for a plain code: the code itself is kept nowhere. */
export async function plainCardId(code: string): Promise<CardId> {
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(SEPARATION + code))
  return cardIdOf(new Uint8Array(hash).subarray(0, ID))
}
