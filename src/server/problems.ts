import type { FastifyInstance, FastifyReply } from 'fastify'
import type { Problem, ProblemCode } from '../wire/problem'
import { isStorageFull, isUnkeepable } from './database/transaction'
import { ProblemError } from './problem-error'

const TITLES: Readonly<Record<ProblemCode, string>> = {
  'bad-request': 'The request could not be read',
  'unsupported-protocol': 'This protocol version is not spoken here',
  unauthorised: 'The request is not signed',
  'device-unknown': 'This phone is not known here',
  'signature-wrong': "The signature is not this phone's, or not of this request",
  'body-altered': 'The body is not the one that was signed',
  'signature-stale': 'The signature is of another time; sign again with the time told here',
  'signature-replayed': 'This request came before; sign it anew',
  forbidden: 'This phone may not do that',
  'not-found': 'There is nothing here',
  conflict: 'Something else is here already',
  'too-large': 'The request is too large',
  'too-many-requests': 'Too many requests',
  overloaded: 'Busy; come back later',
  'storage-full': 'The server has no room left; nothing was lost',
  'server-fault': 'The server failed',
  'invite-unknown': 'There is no such activation code',
  'invite-used': 'This activation code was used on another phone',
  'invite-expired': 'This activation code has expired',
  'device-revoked': 'This phone was switched off',
  'device-cloned': "This phone's storage is a copy of another's",
}

const BY_STATUS: Readonly<Record<number, ProblemCode>> = {
  404: 'not-found',
  413: 'too-large',
  415: 'bad-request',
  429: 'too-many-requests',
  503: 'overloaded',
}

/** Makes problem+json of every failure; what is a bug is logged, and tells the caller nothing. */
export function answerProblems(app: FastifyInstance): void {
  app.setNotFoundHandler((_request, reply) => sendProblem(reply, new ProblemError(404, 'not-found')))
  app.setErrorHandler((error: Error & { statusCode?: number }, request, reply) => {
    if (error instanceof ProblemError) return sendProblem(reply, error)
    if (isStorageFull(error)) return sendProblem(reply, new ProblemError(507, 'storage-full', undefined, { retryAfterSeconds: 60 }))
    // Not a 500: trying the same again would fail for ever.
    if (isUnkeepable(error)) return sendProblem(reply, new ProblemError(400, 'bad-request', 'A value cannot be kept.'))
    const status = error.statusCode ?? 500
    if (status < 500) return sendProblem(reply, new ProblemError(status, BY_STATUS[status] ?? 'bad-request'))
    request.log.error(
      { name: error.name, code: 'code' in error ? error.code : undefined, stack: error.stack?.split('\n').slice(1, 6) },
      'failed',
    )
    return sendProblem(reply, new ProblemError(500, 'server-fault'))
  })
}

function sendProblem(reply: FastifyReply, { status, code, detail, extra }: ProblemError): FastifyReply {
  const { retryAfterSeconds, serverTime } = extra
  const problem: Problem = {
    type: `urn:gatepost:problem:${code}`,
    title: TITLES[code],
    status,
    code,
    ...(detail ? { detail } : {}),
    ...(serverTime ? { serverTime } : {}),
  }
  if (retryAfterSeconds !== undefined) reply.header('retry-after', String(retryAfterSeconds))
  return reply.code(status).type('application/problem+json').send(JSON.stringify(problem))
}
