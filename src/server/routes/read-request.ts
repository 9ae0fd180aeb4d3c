import type { FastifyRequest } from 'fastify'
import type { GenericSchema, InferOutput } from 'valibot'
import { readAs } from '../../wire/read'
import { ProblemError } from '../problem-error'

/** The body by its schema; a 400 names the first member that is not of it. */
export function bodyOf<Schema extends GenericSchema>(schema: Schema, request: FastifyRequest): InferOutput<Schema> {
  const read = readAs(schema, request.body)
  if (!read.ok) throw new ProblemError(400, 'bad-request', `${read.error.pointer} ${read.error.message}`.trim())
  return read.value
}
