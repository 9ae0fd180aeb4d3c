import { recognise, scannedText } from '../../../domain/recognisers'

export const LONGEST_SEARCH = 20 // characters; nobody looks for a resident with more

/** True for a pasted text that is a code and no search; outside of a field whatever is pasted is meant as one. */
export function isPastedCode(pasted: string, inField: boolean): boolean {
  const text = scannedText(pasted).trim()
  if (text === '') return false
  return !inField || text.length > LONGEST_SEARCH || recognise(text) !== 'text'
}
