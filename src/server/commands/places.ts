import { randomUUID } from 'node:crypto'
import type { Pool } from 'pg'
import { MANAGEMENTS, POST_TYPES, USUAL_SHIFTS } from '../../domain/community'
import type { CommunityId, PostId } from '../../domain/ids'
import { ROLES, type Role } from '../../domain/role'
import { addCommunity, addUnit, closePost, listUnits } from '../database/communities'
import { addInvite } from '../database/invites'
import { addPost } from '../database/posts'
import { addToTrail } from '../database/trail'
import { transaction } from '../database/transaction'
import { PlainError } from '../plain-error'
import { type Command, knownUnit, need, oneOf, SELF, say, theCommunity, type Values } from './asking'
import { importRoster } from './import-roster'
import { namesIn } from './settings'

/** Communities, compounds, posts, and who may stand there. */
export const PLACES: Readonly<Record<string, Command>> = {
  async 'community add'(pool, values) {
    const community = {
      id: randomUUID() as CommunityId,
      name: need(values, 'name'),
      collectingBody: need(values, 'body'),
      contact: need(values, 'contact'),
    }
    const { district } = values
    const names = namesIn(values, undefined)
    await addCommunity(
      pool,
      { ...community, shifts: USUAL_SHIFTS, ...(names ? { names } : {}) },
      typeof district === 'string' ? { district } : {},
    )
    say(`community ${community.id}`)
    say('its first admin, who needs a post to stand at first (post add):')
    await invite(pool, values, community.id, { role: 'admin', unitId: community.id, days: 30 })
  },
  async 'compound add'(pool, values) {
    const communityId = await theCommunity(pool, values)
    const id = randomUUID()
    const { tier, official } = values
    const details = {
      ...(values.management === undefined ? {} : { management: oneOf(MANAGEMENTS, 'management', values.management) }),
      ...(tier === undefined ? {} : { tier: oneOf(['core', 'fusion'], 'tier', tier) }),
      ...(typeof official === 'string' ? { official } : {}),
      enclosed: values.open !== true,
    }
    await addUnit(pool, communityId, { id, parentId: communityId, kind: 'compound', name: need(values, 'name'), details })
    say(`compound ${id}`)
  },
  async 'post add'(pool, values) {
    const communityId = await theCommunity(pool, values)
    const type = oneOf(POST_TYPES, 'type', values.type ?? 'compound-gate')
    const parentId = await knownUnit(pool, communityId, need(values, 'parent'), ['compound', 'community'])
    const id = randomUUID() as PostId
    await addPost(pool, communityId, { id, name: need(values, 'name'), type, parentId })
    say(`post ${id}`)
  },
  async 'post close'(pool, values) {
    const communityId = await theCommunity(pool, values)
    if (!(await closePost(pool, communityId, need(values, 'id'))))
      throw new PlainError('there is no open post with this --id; see npm run admin -- units')
    say('closed: what is recorded there from now on is sent back')
  },
  async units(pool) {
    for (const { unit, closed } of await listUnits(pool))
      say(`${unit.kind.padEnd(10)} ${unit.id}  ${unit.name}${closed ? '  (closed)' : ''}`)
  },
  async invite(pool, values) {
    const communityId = await theCommunity(pool, values)
    const role = oneOf(ROLES, 'role', need(values, 'role'))
    const unitId = await knownUnit(pool, communityId, need(values, 'unit'), ['post', 'compound', 'community'])
    const days = Number(values.days ?? '7')
    if (!Number.isInteger(days) || days < 1 || days > 365) throw new PlainError('--days must be a whole number from 1 to 365.')
    await invite(pool, values, communityId, { role, unitId, days })
  },
  async 'roster import'(pool, values, [file]) {
    const communityId = await theCommunity(pool, values)
    if (!file) throw new PlainError('name the file: npm run admin -- roster import FILE --compound ID')
    const compoundId = await knownUnit(pool, communityId, need(values, 'compound'), ['compound'])
    say(await importRoster(pool, communityId, compoundId, file))
  },
}

/** Makes an invite and tells it; it is kept only as a hash. */
async function invite(
  pool: Pool,
  values: Values,
  communityId: CommunityId,
  { role, unitId, days }: { readonly role: Role; readonly unitId: string; readonly days: number },
): Promise<void> {
  const code = await transaction(pool, async (client) => {
    await addToTrail(client, communityId, [{ actor: SELF, what: 'invite-made', about: unitId, detail: { role, days } }])
    return addInvite(client, communityId, { role, unitId, expiresAt: new Date(Date.now() + days * 86_400_000) })
  })
  say(`code ${code.slice(0, 4)}-${code.slice(4, 8)}-${code.slice(8)}   (one phone, ${days} days)`)
  if (typeof values.url === 'string') say(`link ${values.url.replace(/\/$/, '')}/activate#${code}`)
}
