import type { Case } from './case'
import type { Community, CommunityKeys, Post } from './community'
import type { CardId, CompoundId } from './ids'
import type { Notice } from './notice'
import type { Observation } from './observation'
import type { RosterPage } from './roster'
import type { RuleSet } from './rules/rule-set'

/** What the server tells a phone; it comes down by a cursor, in order. */
export type Change =
  /** A compound's roster begins anew: pages from `pages` on no longer count. */
  | { readonly kind: 'roster'; readonly compoundId: CompoundId; readonly pages: number }
  | { readonly kind: 'roster-page'; readonly page: RosterPage }
  | { readonly kind: 'post'; readonly post: Post }
  | { readonly kind: 'community'; readonly community: Community }
  /** All rule sets that hold or will hold in the community. */
  | { readonly kind: 'rule-sets'; readonly sets: readonly RuleSet[] }
  /** All who are under observation in the phone's scope. */
  | { readonly kind: 'observations'; readonly observations: readonly Observation[] }
  | { readonly kind: 'notice'; readonly notice: Notice }
  /** What the phones of a post recorded of somebody who waits, or of an incident. */
  | ({ readonly kind: 'case' } & Case)
  | { readonly kind: 'keys'; readonly keys: CommunityKeys }
  /** All cards of the community that were switched off before their time. */
  | { readonly kind: 'revoked-cards'; readonly ids: readonly CardId[] }
