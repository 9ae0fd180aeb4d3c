import { isChecked, normalizeCode } from '../../../domain/card'
import { err, ok, type Result } from '../../../domain/result'

/** 12 of Crockford's characters (60 bits) and their check character. */
export const CODE_LENGTH = 13

export type CodeError =
  | { readonly kind: 'code-empty' }
  | { readonly kind: 'code-length'; readonly length: number }
  | { readonly kind: 'code-mistyped' }

/** The code that a person typed; a typing mistake is found here, before anything is sent. */
export function readCode(typed: string): Result<string, CodeError> {
  // A whole link, pasted, brings its code along.
  const code = normalizeCode(unescaped(typed.slice(typed.indexOf('#') + 1)))
  if (code === '') return err({ kind: 'code-empty' })
  if (code.length !== CODE_LENGTH) return err({ kind: 'code-length', length: code.length })
  return isChecked(code) ? ok(code) : err({ kind: 'code-mistyped' })
}

/** The code of an activation link; it stands in the fragment, which no server sees. Undefined where there is none. */
export function codeOfLink(fragment: string): string | undefined {
  const code = normalizeCode(unescaped(fragment.replace(/^#/, '')))
  return code === '' ? undefined : code
}

/** ABCD EFGH JKMN P: in fours, for the eye and for reading aloud. */
export function groupedCode(code: string): string {
  return code.match(/.{1,4}/g)?.join(' ') ?? ''
}

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
