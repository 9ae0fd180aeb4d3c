import * as v from 'valibot'
import type { CompoundId } from '../domain/ids'
import type { Operation } from '../domain/operation'
import type { Reading } from '../domain/reading'
import { err, ok, type Result } from '../domain/result'
import { may, type Right } from '../domain/role'
import { BASE_RULES } from '../domain/rules/rules'
import { correctedTime } from '../domain/time'
import { asOperation, OperationSchema } from '../wire/operation'
import type { RejectionCode } from '../wire/problem'
import { readAs } from '../wire/read'
import type { Rejection } from '../wire/sync'
import type { Scope } from './database/communities'
import type { Device } from './database/devices'
import type { Placed } from './database/operations'
import { unkeepable } from './keepable'

export interface Verdicts {
  readonly placed: readonly Placed[]
  readonly rejected: readonly Rejection[]
}

const KINDS: ReadonlySet<string> = new Set(OperationSchema.options.map((option) => option.entries.kind.literal))
type Verdict = Result<Placed, { readonly code: RejectionCode; readonly pointer: string; readonly detail?: string }>

const Kind = v.looseObject({ kind: v.string() })

/** Looks at each operation of a push by itself: what may be kept, and why the rest is sent back. */
export function judge(operations: readonly unknown[], device: Device, scope: Scope): Verdicts {
  const placed: Placed[] = []
  const rejected: Rejection[] = []
  operations.forEach((sent, index) => {
    const verdict = judgeOne(sent, device, scope)
    if (verdict.ok) placed.push(verdict.value)
    else rejected.push({ key: keyOf(sent) ?? `#${index}`, ...verdict.error })
  })
  return { placed, rejected }
}

function judgeOne(sent: unknown, device: Device, scope: Scope): Verdict {
  const kind = readAs(Kind, sent)
  if (kind.ok && !KINDS.has(kind.value.kind)) return refused('unknown-kind', '/kind')
  const read = readAs(OperationSchema, sent)
  if (!read.ok) return refused('malformed', read.error.pointer, read.error.message)
  // It would fail the whole batch in the database, and every later try of it.
  const unkept = unkeepable(sent)
  if (unkept !== undefined) return refused('malformed', unkept, 'text that cannot be kept')
  const operation = asOperation(read.value)
  const wrong = readingsOf(operation).find(({ reading }) => !isPossible(reading))
  if (wrong) return refused('reading-out-of-range', wrong.pointer)
  return place(operation, device, scope)
}

/** Where the operation counts: its own post, or the post that a local one has become. */
function place(operation: Operation, device: Device, scope: Scope): Verdict {
  const isLocal = operation.postId === device.localPostId
  const post = isLocal ? scope.posts[0] : scope.posts.find(({ id }) => id === operation.postId)
  if (!post) return refused('outside-scope', '/postId')
  const closedAt = scope.closedAt.get(post.id)
  if (closedAt && correctedTime(operation) > closedAt.getTime()) return refused('post-closed', '/postId')
  const named = compoundNamed(operation)
  if (!named) {
    // Whose arrival it is, the roster of the post's own compound says.
    const home = operation.kind === 'arrival' ? post.compoundId : undefined
    return ok({ operation, postId: post.id, ...(home ? { compoundId: home } : {}) })
  }
  const into = compoundFor(named, device, scope, post.compoundId)
  return into.ok ? ok({ operation, postId: post.id, compoundId: into.value }) : refused(into.error, named.pointer)
}

interface NamedCompound {
  readonly id: CompoundId
  readonly right: Right
  readonly pointer: string
}

function compoundNamed(operation: Operation): NamedCompound | undefined {
  if (operation.kind === 'roster-import') return { id: operation.page.compoundId, right: 'import-roster', pointer: '/page/compoundId' }
  if (operation.kind === 'household-adding' || operation.kind === 'card-binding' || operation.kind === 'card-revocation')
    return { id: operation.compoundId, right: 'bind-cards', pointer: '/compoundId' }
  return undefined
}

/** A compound in the device's scope, where its role may do that; a local post's own is the compound that it has become. */
function compoundFor(
  { id, right }: NamedCompound,
  device: Device,
  scope: Scope,
  own: CompoundId | undefined,
): Result<CompoundId, RejectionCode> {
  if (id === device.localCompoundId) return own ? ok(own) : err('outside-scope')
  if (!may(device.role, right)) return err('not-allowed')
  return scope.compoundIds.includes(id) ? ok(id) : err('outside-scope')
}

function refused(code: RejectionCode, pointer: string, detail?: string): Verdict {
  return err({ code, pointer, ...(detail ? { detail } : {}) })
}

function readingsOf(operation: Operation): { reading: Reading; pointer: string }[] {
  if (operation.kind === 'retest') return [{ reading: operation.reading, pointer: '/reading/celsius' }]
  if (operation.kind !== 'check-in' && operation.kind !== 'amend') return []
  const { measured } = operation
  return measured && 'celsius' in measured ? [{ reading: measured, pointer: '/measured/celsius' }] : []
}

function isPossible({ celsius, site }: Reading): boolean {
  const { least, most } = BASE_RULES.bands[site]
  return celsius >= least && celsius <= most
}

function keyOf(sent: unknown): string | undefined {
  return typeof sent === 'object' && sent !== null && 'key' in sent && typeof sent.key === 'string' ? sent.key.slice(0, 64) : undefined
}
