import type { CardClaims, CardError } from '../../domain/card'
import type { CommunityKeys } from '../../domain/community'
import type { CommunityId } from '../../domain/ids'
import type { Result } from '../../domain/result'
import { blankUnverified, type CardKey, verifyCard } from '../../trust/card'
import { readSignKey } from '../../trust/device-keys'

/** Verifies cards with the keys that the phone was told; each set of keys is read once. A post that works by itself was told none. */
export function createCardCheck() {
  let read: { readonly from: CommunityKeys | undefined; readonly keys: Promise<ReadonlyMap<string, CardKey>> } | undefined
  return (
    text: string,
    known: {
      readonly keys: CommunityKeys | undefined
      readonly isLocal: boolean
      readonly communityId: CommunityId
      readonly revoked: ReadonlySet<string>
      readonly now: number
    },
  ): Promise<Result<CardClaims, CardError>> => {
    if (known.isLocal) return Promise.resolve(blankUnverified(text, known))
    if (!read || read.from !== known.keys) read = { from: known.keys, keys: keysOf(known.keys) }
    return read.keys.then((keys) => verifyCard(text, { ...known, keys }))
  }
}

async function keysOf(told: CommunityKeys | undefined): Promise<ReadonlyMap<string, CardKey>> {
  const keys = await Promise.all(
    (told?.cards ?? []).map(async ({ publicKey, ...card }) => {
      const key = await readSignKey(publicKey)
      return key ? [[card.keyId, { ...card, key }] as const] : []
    }),
  )
  return new Map(keys.flat())
}
