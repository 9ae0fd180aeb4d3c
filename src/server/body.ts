import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { MAX_PUSH_BYTES } from '../wire/protocol'
import { ProblemError } from './problem-error'

const unpack = promisify(gunzip)

/** Takes JSON bodies as they came: a signature covers those bytes, and nothing is unpacked for a stranger. */
export function takeRawBodies(app: FastifyInstance): void {
  app.addContentTypeParser(
    'application/json',
    { parseAs: 'buffer', bodyLimit: MAX_PUSH_BYTES },
    async (_request: FastifyRequest, body: Buffer) => body,
  )
}

/** The bytes of a request's body; none: no bytes. */
export function rawBody(request: FastifyRequest): Uint8Array<ArrayBuffer> {
  return Buffer.isBuffer(request.body) ? new Uint8Array(request.body) : new Uint8Array()
}

/** The JSON of a body that `takeRawBodies` took, gzipped or not; a zip bomb stops at 4 MB. */
export async function readJson(request: FastifyRequest): Promise<unknown> {
  if (!Buffer.isBuffer(request.body)) return undefined
  const encoding = request.headers['content-encoding'] ?? 'identity'
  if (encoding !== 'gzip' && encoding !== 'identity') throw new ProblemError(415, 'bad-request', 'content-encoding')
  const plain = encoding === 'gzip' ? await unpacked(request.body) : request.body
  try {
    return JSON.parse(plain.toString('utf8'))
  } catch {
    throw new ProblemError(400, 'bad-request', 'The body is not JSON.')
  }
}

async function unpacked(body: Buffer): Promise<Buffer> {
  try {
    return await unpack(body, { maxOutputLength: MAX_PUSH_BYTES })
  } catch (cause) {
    const tooLarge = cause instanceof RangeError || (cause instanceof Error && 'code' in cause && cause.code === 'ERR_BUFFER_TOO_LARGE')
    throw tooLarge ? new ProblemError(413, 'too-large') : new ProblemError(400, 'bad-request', 'The body is not gzip.')
  }
}
