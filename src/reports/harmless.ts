const BREAKS = /\r\n|[\r\n\u2028\u2029]/g
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not stand in a file
const CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffe\uffff]/g
/** What turns the reading direction, or is not seen at all. */
const UNSEEN = /[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g
/** A pair, which stays, or half of one. */
const SURROGATES = /[\ud800-\udbff][\udc00-\udfff]|[\ud800-\udfff]/g

/** Whatever one of the above may be in; nearly no cell has any of it, and a ledger has half a million cells. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: as above
const ODD = /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]|^\s|\s$/

/** Text that is the same in every file: one line, nothing unseen in it, nothing that XML forbids. What was there is shown, not lost. */
export function harmless(text: string): string {
  if (!ODD.test(text)) return text
  return text
    .replace(BREAKS, ' ⏎ ')
    .replace(/\t/g, ' ')
    .replace(UNSEEN, (sign) => `〔U+${sign.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}〕`)
    .replace(CONTROLS, '�')
    .replace(SURROGATES, (found) => (found.length === 2 ? found : '�'))
    .trim()
}
