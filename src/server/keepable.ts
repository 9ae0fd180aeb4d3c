const DEEPEST = 64 // levels; nothing that a phone says has ten

/** JSON pointer to the first text that PostgreSQL's jsonb cannot hold (a NUL, half a surrogate pair), or to what is nested without end. */
export function unkeepable(value: unknown, pointer = '', depth = 0): string | undefined {
  if (typeof value === 'string') return isKeepable(value) ? undefined : pointer
  if (typeof value !== 'object' || value === null) return undefined
  if (depth === DEEPEST) return pointer
  for (const [name, member] of Object.entries(value)) {
    if (!isKeepable(name)) return pointer
    const found = unkeepable(member, `${pointer}/${name.replace(/~/g, '~0').replace(/\//g, '~1')}`, depth + 1)
    if (found !== undefined) return found
  }
  return undefined
}

const isKeepable = (text: string) => !text.includes('\0') && !/\p{Surrogate}/u.test(text)
