import type { ProblemCode } from '../wire/problem'

/** An answer that is not a success: thrown by a route, answered as RFC 9457 problem details. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError'

  constructor(
    readonly status: number,
    readonly code: ProblemCode,
    readonly detail?: string,
    readonly extra: { readonly retryAfterSeconds?: number; readonly serverTime?: string } = {},
  ) {
    super(code)
  }
}
