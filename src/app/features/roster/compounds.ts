import type { Post } from '../../../domain/community'
import type { CompoundId } from '../../../domain/ids'

/** The compounds that this phone's posts belong to; a local post's may have no name of its own. */
export function compoundsOf(posts: readonly Post[]): readonly { readonly value: CompoundId; readonly label: string }[] {
  const names = new Map<CompoundId, string>()
  for (const { compoundId, compoundName, name } of posts) {
    if (compoundId && !names.has(compoundId)) names.set(compoundId, compoundName || name)
  }
  return [...names].map(([value, label]) => ({ value, label }))
}
