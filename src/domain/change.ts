import type { Community, CommunityKeys, Post } from './community'
import type { CardId, CompoundId } from './ids'
import type { RosterPage } from './roster'
import type { Rules } from './rules'

/** What the server tells a phone; it comes down by a cursor, in order. */
export type Change =
  /** A compound's roster begins anew: pages from `pages` on no longer count. */
  | { readonly kind: 'roster'; readonly compoundId: CompoundId; readonly pages: number }
  | { readonly kind: 'roster-page'; readonly page: RosterPage }
  | { readonly kind: 'post'; readonly post: Post }
  | { readonly kind: 'community'; readonly community: Community }
  | { readonly kind: 'rules'; readonly rules: Rules }
  | { readonly kind: 'keys'; readonly keys: CommunityKeys }
  /** All cards of the community that were switched off before their time. */
  | { readonly kind: 'revoked-cards'; readonly ids: readonly CardId[] }
