import { randomUUID } from 'node:crypto'
import { parseArgs } from 'node:util'
import type { Pool } from 'pg'
import { POST_TYPES, type PostType, USUAL_SHIFTS } from '../../domain/community'
import type { CommunityId, PostId } from '../../domain/ids'
import { ROLES, type Role } from '../../domain/role'
import { BASE_RULES } from '../../domain/rules'
import { readConfig } from '../config'
import { rotateCardKey } from '../database/cards'
import { tellKeys } from '../database/changes'
import { addCommunity, addUnit, closePost, listUnits } from '../database/communities'
import { deviceById, listDevices, revokeDevice } from '../database/devices'
import { addInvite } from '../database/invites'
import { addPost } from '../database/posts'
import { addToTrail, trailOf, verifyTrail } from '../database/trail'
import { transaction } from '../database/transaction'
import { PlainError, runPlainly } from '../plain-error'
import { openDatabase } from '../start'
import { importRoster } from './import-roster'

const HELP = `npm run admin -- COMMAND [OPTIONS]

  community add --name NAME --body COLLECTING-BODY --contact PHONE [--url https://gate.example.org]
                                          prints the first admin's code, once
  compound add --name NAME
  post add --name NAME --parent COMPOUND-ID [--type ${POST_TYPES.join('|')}]
  post close --id POST-ID
  units                                   lists communities, compounds and posts with their ids
  invite --role ${ROLES.join('|')} --unit ID [--days 7] [--url https://gate.example.org]
  roster import FILE --compound ID        a CSV or XLSX; nothing is imported if a row is wrong
  device list
  device revoke --id DEVICE-ID            what it still holds is taken into quarantine
  cards rotate-key                        a new key for cards; what the old one signed stays valid until it expires
  trail [--days N]                        who did what, newest first
  trail verify                            whether an entry was changed or is missing

  --data DIR      the server's data folder, if it is not the usual one (else DATA_DIR, DATABASE_URL)
  --community ID  where there is more than one
`

const OPTIONS = {
  name: { type: 'string' },
  body: { type: 'string' },
  contact: { type: 'string' },
  parent: { type: 'string' },
  compound: { type: 'string' },
  type: { type: 'string' },
  id: { type: 'string' },
  role: { type: 'string' },
  unit: { type: 'string' },
  days: { type: 'string' },
  url: { type: 'string' },
  data: { type: 'string' },
  community: { type: 'string' },
  help: { type: 'boolean' },
} as const
type Values = Partial<Record<keyof typeof OPTIONS, string | boolean>>

function parsed(): { values: Values; positionals: string[] } {
  try {
    return parseArgs({ options: OPTIONS, allowPositionals: true })
  } catch (cause) {
    throw new PlainError(`${cause instanceof Error ? cause.message.replaceAll('\n', ' ') : cause} See npm run admin -- --help`)
  }
}

const COMMANDS: Readonly<Record<string, (pool: Pool, values: Values, rest: readonly string[]) => Promise<void>>> = {
  async 'community add'(pool, values) {
    const community = {
      id: randomUUID() as CommunityId,
      name: need(values, 'name'),
      collectingBody: need(values, 'body'),
      contact: need(values, 'contact'),
    }
    await addCommunity(pool, { ...community, shifts: USUAL_SHIFTS }, BASE_RULES)
    say(`community ${community.id}`)
    say('its first admin, who needs a post to stand at first (post add):')
    await invite(pool, values, community.id, { role: 'admin', unitId: community.id, days: 30 })
  },
  async 'compound add'(pool, values) {
    const communityId = await theCommunity(pool, values)
    const id = randomUUID()
    await addUnit(pool, communityId, { id, parentId: communityId, kind: 'compound', name: need(values, 'name') })
    say(`compound ${id}`)
  },
  async 'post add'(pool, values) {
    const communityId = await theCommunity(pool, values)
    const type = values.type ?? 'compound-gate'
    if (!isPostType(type)) throw new PlainError(`--type must be one of ${POST_TYPES.join(', ')}.`)
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
    const role = need(values, 'role')
    if (!isRole(role)) throw new PlainError(`--role must be one of ${ROLES.join(', ')}.`)
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
  async 'device list'(pool) {
    for (const device of await listDevices(pool)) {
      say(
        `${device.id}  ${device.role}  ${device.unitId}  ${device.wipedAt ? 'wiped' : device.revokedAt ? 'switched off' : (device.lastSeenAt ?? 'never seen')}  ${device.name}`,
      )
    }
  },
  async 'device revoke'(pool, values) {
    const device = await deviceById(pool, need(values, 'id'))
    const revoked =
      device &&
      (await transaction(pool, async (client) => {
        if (!(await revokeDevice(client, device.id))) return false
        await addToTrail(client, device.communityId, [{ actor: SELF, what: 'device-switched-off', about: device.id }])
        await tellKeys(client, device.communityId)
        return true
      }))
    if (!revoked) throw new PlainError('there is no device with this --id that is switched on; see npm run admin -- device list')
    say('switched off')
  },
  async 'cards rotate-key'(pool, values) {
    const communityId = await theCommunity(pool, values)
    const keyId = await rotateCardKey(pool, communityId)
    await transaction(pool, (client) => addToTrail(client, communityId, [{ actor: SELF, what: 'card-key-rotated', about: keyId }]))
    say(`cards are signed with ${keyId} from now on`)
  },
  async 'trail verify'(pool, values) {
    const check = await verifyTrail(pool, await theCommunity(pool, values))
    if (!check.ok) throw new PlainError(`the trail was changed, or is not whole, at entry ${check.entryNo}.`)
    say(
      `${check.entries} entries, none changed, none missing; the newest is ${check.head.slice(0, 16)}: write it down, and a trail that was made anew as a whole will show`,
    )
  },
  async trail(pool, values) {
    const communityId = await theCommunity(pool, values)
    const since = Date.now() - Number(values.days ?? '7') * 86_400_000
    const entries = await trailOf(pool, communityId, { limit: 10_000 })
    for (const { at, actor, what, about, detail } of entries.filter((entry) => Date.parse(entry.at) >= since))
      say([at, actor, what, about ?? '', detail ? JSON.stringify(detail) : ''].join('  ').trimEnd())
  },
}

const SELF = 'command-line'

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

function need(values: Values, name: keyof typeof OPTIONS): string {
  const value = values[name]
  if (typeof value !== 'string' || value.trim() === '') throw new PlainError(`--${name} is missing. See npm run admin -- --help`)
  return value.trim()
}

/** The one that was named, or the only one there is. */
async function theCommunity(pool: Pool, values: Values): Promise<CommunityId> {
  const units = await listUnits(pool)
  const communities = units.filter(({ unit }) => unit.kind === 'community').map(({ communityId }) => communityId)
  if (typeof values.community === 'string' && communities.includes(values.community)) return values.community as CommunityId
  const [only, ...others] = communities
  if (only === undefined) throw new PlainError('there is no community yet: npm run admin -- community add --name … --body … --contact …')
  if (values.community !== undefined || others.length > 0)
    throw new PlainError(`name the community with --community: ${communities.join(', ')}`)
  return only as CommunityId
}

async function knownUnit(pool: Pool, communityId: CommunityId, id: string, kinds: readonly string[]): Promise<string> {
  const found = (await listUnits(pool, communityId)).find(({ unit }) => unit.id === id)
  if (!found || !kinds.includes(found.unit.kind))
    throw new PlainError(`${id} is not a ${kinds.join(' or a ')} here; see npm run admin -- units`)
  return id
}

const isPostType = (text: unknown): text is PostType => POST_TYPES.some((type) => type === text)
const isRole = (text: string): text is Role => ROLES.some((role) => role === text)
const say = (line: string) => process.stdout.write(`${line}\n`)

// Last, because what it uses must have been made.
await runPlainly(async () => {
  const { values, positionals } = parsed()
  const command = COMMANDS[positionals.slice(0, 2).join(' ')] ?? COMMANDS[positionals[0] ?? '']
  if (values.help || !command) {
    process.stdout.write(HELP)
    if (!values.help && positionals.length > 0) throw new PlainError(`there is no command "${positionals.join(' ')}".`)
    return
  }
  const config = readConfig({ ...process.env, ...(typeof values.data === 'string' ? { DATA_DIR: values.data } : {}) })
  const { pool, close } = await openDatabase(config, { guest: true })
  try {
    await command(pool, values, positionals.slice(2))
  } finally {
    await close()
  }
})
