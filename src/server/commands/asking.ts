import { parseArgs } from 'node:util'
import type { Pool } from 'pg'
import type { CommunityId } from '../../domain/ids'
import { listUnits } from '../database/communities'
import { PlainError } from '../plain-error'

export type Command = (pool: Pool, values: Values, rest: readonly string[]) => Promise<void>

/** Who did it, in the trail. */
export const SELF = 'command-line'

const OPTIONS = {
  name: { type: 'string' },
  body: { type: 'string' },
  contact: { type: 'string' },
  parent: { type: 'string' },
  compound: { type: 'string' },
  type: { type: 'string' },
  id: { type: 'string' },
  unit: { type: 'string' },
  days: { type: 'string' },
  url: { type: 'string' },
  data: { type: 'string' },
  community: { type: 'string' },
  post: { type: 'string' },
  at: { type: 'string' },
  management: { type: 'string' },
  tier: { type: 'string' },
  district: { type: 'string' },
  official: { type: 'string' },
  open: { type: 'boolean' },
  resident: { type: 'string' },
  until: { type: 'string' },
  central: { type: 'boolean' },
  title: { type: 'string' },
  text: { type: 'string' },
  day: { type: 'string' },
  kind: { type: 'string' },
  format: { type: 'string' },
  shift: { type: 'string' },
  reason: { type: 'string' },
  out: { type: 'string' },
  role: { type: 'string' },
  phone: { type: 'string' },
  city: { type: 'string' },
  'city-short': { type: 'string' },
  'city-latin': { type: 'string' },
  platform: { type: 'string' },
  help: { type: 'boolean' },
} as const
export type Values = Partial<Record<keyof typeof OPTIONS, string | boolean>>

export function parsed(): { values: Values; positionals: string[] } {
  try {
    return parseArgs({ options: OPTIONS, allowPositionals: true })
  } catch (cause) {
    throw new PlainError(`${cause instanceof Error ? cause.message.replaceAll('\n', ' ') : cause} See npm run admin -- --help`)
  }
}

export function need(values: Values, name: keyof typeof OPTIONS): string {
  const value = values[name]
  if (typeof value !== 'string' || value.trim() === '') throw new PlainError(`--${name} is missing. See npm run admin -- --help`)
  return value.trim()
}

/** The one that was named, or the only one there is. */
export async function theCommunity(pool: Pool, values: Values): Promise<CommunityId> {
  const units = await listUnits(pool)
  const communities = units.filter(({ unit }) => unit.kind === 'community').map(({ communityId }) => communityId)
  if (typeof values.community === 'string' && communities.includes(values.community)) return values.community as CommunityId
  const [only, ...others] = communities
  if (only === undefined) throw new PlainError('there is no community yet: npm run admin -- community add --name … --body … --contact …')
  if (values.community !== undefined || others.length > 0)
    throw new PlainError(`name the community with --community: ${communities.join(', ')}`)
  return only as CommunityId
}

export async function knownUnit(pool: Pool, communityId: CommunityId, id: string, kinds: readonly string[]): Promise<string> {
  const found = (await listUnits(pool, communityId)).find(({ unit }) => unit.id === id)
  if (!found || !kinds.includes(found.unit.kind))
    throw new PlainError(`${id} is not a ${kinds.join(' or a ')} here; see npm run admin -- units`)
  return id
}

export const say = (line: string) => process.stdout.write(`${line}\n`)

/** A word of a closed list. */
export function oneOf<const Word extends string>(words: readonly Word[], name: keyof typeof OPTIONS, given: unknown): Word {
  const word = words.find((each) => each === given)
  if (word === undefined) throw new PlainError(`--${name} must be one of ${words.join(', ')}.`)
  return word
}
