import type { FastifyBaseLogger } from 'fastify'
import type { Pool } from 'pg'
import { SIGNATURE_AGE } from './admission'
import { forgetInTime } from './database/retention'

const HOUR = 3_600_000

/** Lets the server forget in time: at its start and every hour. A failure is logged, and the next hour tries again. Ends with the returned call. */
export function keepHouse(pool: Pool, log: FastifyBaseLogger, clock: () => number): () => Promise<void> {
  let running: Promise<void> = Promise.resolve()
  const tidy = () => {
    running = forgetInTime(pool, clock(), SIGNATURE_AGE).then(
      (forgotten) => log.info({ ...forgotten }, 'retention'),
      (cause: unknown) => log.error({ name: cause instanceof Error ? cause.name : 'unknown' }, 'retention failed'),
    )
  }
  tidy()
  const timer = setInterval(tidy, HOUR)
  timer.unref()
  return async () => {
    clearInterval(timer)
    await running
  }
}
