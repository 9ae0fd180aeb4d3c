import * as v from 'valibot'

export type { GenericSchema, InferOutput } from 'valibot'

import { err, ok, type Result } from '../domain/result'

export interface Misread {
  /** JSON pointer to the first member that is not of the schema. */
  readonly pointer: string
  readonly message: string
}

/** Reads what came over the network by its schema. */
export function readAs<Schema extends v.GenericSchema>(schema: Schema, body: unknown): Result<v.InferOutput<Schema>, Misread> {
  const parsed = v.safeParse(schema, body, { abortEarly: true })
  if (parsed.success) return ok(parsed.output)
  const [issue] = parsed.issues
  const steps = issue.path?.map(({ key }) => String(key).replace(/~/g, '~0').replace(/\//g, '~1')) ?? []
  return err({ pointer: steps.map((step) => `/${step}`).join(''), message: issue.message })
}
