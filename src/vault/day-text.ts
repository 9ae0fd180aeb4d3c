import { fromBase64url, toBase64url } from '../trust/base64url'

/** Stands on a line of its own before the bytes; the digit is the version. */
const MARK = 'GATEPOST-DAY-TEXT1'
const LINE = 76 // characters

/** A day file as text: what a browser's share sheet takes, and what no chat and no mail program changes. `says` is for who opens it as a text. */
export function dayText(bytes: Uint8Array, says: string): string {
  const lines = toBase64url(bytes).match(new RegExp(`.{1,${LINE}}`, 'g')) ?? []
  return [says, MARK, ...lines, ''].join('\r\n')
}

/** The day file out of its text; any other file's bytes as they are. */
export function dayBytes(file: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const text = new TextDecoder().decode(file)
  const at = text.indexOf(MARK)
  if (at < 0) return file
  return fromBase64url(text.slice(at + MARK.length).replace(/\s+/g, '')) ?? file
}
