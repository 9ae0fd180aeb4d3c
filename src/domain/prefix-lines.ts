/** Keys, one a line in one long string: looking for a beginning is then one native scan, whatever the number of keys. */
export interface PrefixLines {
  readonly text: string
  /** Where each line begins, ascending. */
  readonly starts: Uint32Array
  /** What each line stands for. */
  readonly refs: Uint32Array
}

/** `key` must hold no line break. */
export function prefixLines(entries: readonly (readonly [key: string, ref: number])[]): PrefixLines {
  const starts = new Uint32Array(entries.length)
  const refs = new Uint32Array(entries.length)
  let at = 0
  entries.forEach(([key, ref], line) => {
    starts[line] = at
    refs[line] = ref
    at += key.length + 1
  })
  return { text: `${entries.map(([key]) => `\n${key}`).join('')}\n`, starts, refs }
}

/** The refs of the first `limit` keys that begin with `typed` (one character at least), whole matches first. */
export function withPrefix(lines: PrefixLines, typed: string, limit: number): number[] {
  // Two scans: among many that begin alike, the whole match may stand beyond the limit.
  const whole = scan(lines, `\n${typed}\n`, limit)
  const begun = scan(lines, `\n${typed}`, limit - whole.length, (next) => next !== '\n')
  return [...whole, ...begun]
}

function scan({ text, starts, refs }: PrefixLines, wanted: string, limit: number, goesOn = (_next: string | undefined) => true): number[] {
  const found: number[] = []
  for (let at = text.indexOf(wanted); at >= 0 && found.length < limit; at = text.indexOf(wanted, at + 1)) {
    const ref = refs[lineAt(starts, at)]
    if (ref !== undefined && goesOn(text[at + wanted.length])) found.push(ref)
  }
  return found
}

function lineAt(starts: Uint32Array, position: number): number {
  let low = 0
  let high = starts.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((starts[middle] ?? 0) <= position) low = middle
    else high = middle - 1
  }
  return low
}
