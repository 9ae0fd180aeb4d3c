import { isOpenTold } from '../domain/case'
import type { Change } from '../domain/change'
import { ok, type Result } from '../domain/result'
import { rulesOfVersion } from '../domain/rules/rule-set'
import type { IsOpen } from '../storage/cases'
import { type Identity, writeIdentity } from '../storage/identity'
import { applyChanges, readCursor } from '../storage/roster-store'
import { readAs } from '../wire/read'
import { asChange, ChangeSchema } from '../wire/sync'
import { noteServerTime, type SyncServices } from './services'
import type { SyncError } from './sync-error'

/** Fetches what the server has to tell, page by page; each page is kept with its cursor. */
export async function pullAll(services: SyncServices): Promise<Result<void, SyncError>> {
  const { ownCodec } = services
  // A locked phone could not seal what it is told.
  if (!ownCodec) return ok(undefined)
  for (;;) {
    const cursor = await readCursor(services.db)
    const answer = await services.api.pull(cursor)
    if (!answer.ok) return answer
    const { body, sent, received } = answer.value
    await noteServerTime(services, sent, received, body.serverTime)
    const changes = body.changes.flatMap(knownChange)
    const identity = await keptIdentity(services, changes)
    const { ruleSets } = identity ?? services.identity()
    const isOpen: IsOpen = (told) => isOpenTold(told, (version) => rulesOfVersion(ruleSets, version))
    if (changes.length > 0 || body.cursor !== cursor) await applyChanges(services.db, ownCodec, changes, body.cursor, isOpen)
    const roster = changes.some(
      ({ kind }) => kind === 'roster' || kind === 'roster-page' || kind === 'revoked-cards' || kind === 'observations',
    )
    const post = changes.some(({ kind }) => kind === 'case' || kind === 'notice')
    if (identity || roster || post) await services.onChanges?.({ roster, post, ...(identity ? { identity } : {}) })
    // The same cursor again would be the same page again.
    if (!body.more || body.cursor === cursor) return ok(undefined)
  }
}

/** A kind that this build does not know is passed over; its place in the cursor is kept. */
function knownChange(sent: unknown): Change[] {
  const read = readAs(ChangeSchema, sent)
  return read.ok ? [asChange(read.value)] : []
}

/** The identity as the changes leave it; kept before the cursor moves, and harmless to keep twice. */
async function keptIdentity(services: SyncServices, changes: readonly Change[]): Promise<Identity | undefined> {
  const before = services.identity()
  const after = changes.reduce(withChange, before)
  if (after === before) return undefined
  await writeIdentity(after)
  return after
}

function withChange(identity: Identity, change: Change): Identity {
  switch (change.kind) {
    case 'community':
      return { ...identity, community: change.community }
    case 'rule-sets':
      return { ...identity, ruleSets: change.sets }
    case 'post': {
      const others = identity.posts.filter(({ id }) => id !== change.post.id)
      return { ...identity, posts: [...others, change.post].sort((a, b) => (a.id < b.id ? -1 : 1)) }
    }
    case 'keys':
      return { ...identity, keys: change.keys }
    case 'revoked-cards':
    case 'observations':
    case 'notice':
    case 'case':
    case 'roster':
    case 'roster-page':
      return identity
    default:
      return change satisfies never
  }
}
