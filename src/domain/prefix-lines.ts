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
  return { text: entries.map(([key]) => `\n${key}`).join(''), starts, refs }
}

/** The refs of the first `limit` keys that begin with `typed`, whole matches first. */
export function withPrefix({ text, starts, refs }: PrefixLines, typed: string, limit: number): number[] {
  const whole: number[] = []
  const begun: number[] = []
  const wanted = `\n${typed}`
  for (let at = text.indexOf(wanted); at >= 0 && whole.length + begun.length < limit; at = text.indexOf(wanted, at + 1)) {
    const ref = refs[lineAt(starts, at)]
    if (ref === undefined) continue
    const next = text[at + wanted.length]
    if (next === undefined || next === '\n') whole.push(ref)
    else begun.push(ref)
  }
  return [...whole, ...begun]
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
