import { useEffect, useState } from 'preact/hooks'
import { cardHolder, type Found, type RosterIndex } from '../../../domain/roster-search'
import { plainCardId, plainCodeOf } from '../../../trust/plain-card'

/** Who carries the card of others' making whose code was typed: often it is printed under the picture. */
export function useOldCard(index: RosterIndex | undefined, typed: string): Found | undefined {
  const [found, setFound] = useState<Found>()
  useEffect(() => {
    setFound(undefined)
    const code = plainCodeOf(typed)
    if (!index || code === undefined) return undefined
    let isWanted = true
    void plainCardId(code).then((id) => {
      const holder = cardHolder(index, id)
      if (!isWanted || !holder?.card.plain) return
      setFound({ why: 'plain-card', household: holder.household, ...(holder.resident ? { resident: holder.resident } : {}) })
    })
    return () => {
      isWanted = false
    }
  }, [index, typed])
  return found
}
