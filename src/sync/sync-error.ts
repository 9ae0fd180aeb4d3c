import type { ProblemCode } from '../wire/problem'

/** Why a request did not do what it was sent for. */
export type SyncError =
  | { readonly kind: 'offline' }
  | { readonly kind: 'timeout' }
  /** Something answered that is not our server: a captive portal, a proxy's page. */
  | { readonly kind: 'not-gatepost' }
  | { readonly kind: 'unauthorised' }
  | { readonly kind: 'device-revoked' }
  | { readonly kind: 'device-cloned' }
  /** The server no longer, or not yet, speaks this build's protocol: the app must be updated. */
  | { readonly kind: 'unsupported' }
  /** 429, 503, 507: ask again later. */
  | { readonly kind: 'busy'; readonly retryAfterMs?: number }
  | { readonly kind: 'server-fault'; readonly retryAfterMs?: number }
  /** The server read the request and will not have it. */
  | { readonly kind: 'refused'; readonly status: number; readonly code: ProblemCode; readonly detail?: string }
  /** What waits was sealed for another server key: it goes up when the phone is unlocked. */
  | { readonly kind: 'locked' }
  /** This phone's own storage failed while an answer was kept; the server will say the same again. */
  | { readonly kind: 'storage' }
