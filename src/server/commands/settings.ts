import { CONTACT_ROLES } from '../../domain/community'
import { type LocalNames, localNames } from '../../domain/local-names'
import { postsBelow, readCommunity } from '../database/communities'
import { setContact, setLocalNames, setOfficial } from '../database/place-settings'
import { PlainError } from '../plain-error'
import { type Command, knownUnit, need, oneOf, SELF, say, theCommunity, type Values } from './asking'

const ROLES = [...CONTACT_ROLES, 'official'] as const

/** Whom a post calls, who answers for a compound, and how city and platform are called. */
export const SETTINGS: Readonly<Record<string, Command>> = {
  async 'contact set'(pool, values) {
    const communityId = await theCommunity(pool, values)
    const role = oneOf(ROLES, 'role', need(values, 'role'))
    const name = need(values, 'name')
    if (role === 'official') {
      const unitId = await knownUnit(pool, communityId, need(values, 'unit'), ['compound'])
      const phone = typeof values.phone === 'string' ? values.phone.trim() : ''
      await setOfficial(pool, { communityId, unitId, actor: SELF }, [name, phone].filter(Boolean).join(' '))
    } else {
      const unitId = await unitOf(pool, communityId, values)
      await setContact(pool, { communityId, unitId, actor: SELF }, role, { name, phone: phoneIn(values) })
    }
    say(`${role} set; phones learn of it when they next connect`)
  },
  async 'contact remove'(pool, values) {
    const communityId = await theCommunity(pool, values)
    const role = oneOf(ROLES, 'role', need(values, 'role'))
    const unitId = await unitOf(pool, communityId, values)
    const at = { communityId, unitId, actor: SELF }
    if (role === 'official') await setOfficial(pool, at, undefined)
    else await setContact(pool, at, role, undefined)
    say(`${role} removed`)
  },
  async contact(pool, values) {
    const communityId = await theCommunity(pool, values)
    const known = await readCommunity(pool, communityId)
    for (const { role, name, phone } of known?.community.contacts ?? []) say(`${known?.community.name}  ${role}  ${name}  ${phone}`)
    for (const { compoundName, name: post, contacts = [], setting } of (await postsBelow(pool, communityId, communityId)).posts) {
      for (const { role, name, phone } of contacts) say(`${compoundName} ${post}  ${role}  ${name}  ${phone}`)
      if (setting?.official) say(`${compoundName} ${post}  official  ${setting.official}`)
    }
  },
  async 'community set'(pool, values) {
    const communityId = await theCommunity(pool, values)
    const known = await readCommunity(pool, communityId)
    const names = namesIn(values, known ? localNames(known.community) : undefined)
    if (!names) throw new PlainError('name what to set: --city, --city-short, --city-latin or --platform.')
    await setLocalNames(pool, communityId, names, SELF)
    say(`${names.city} (${names.short}, ${names.latin}), ${names.platform}; phones learn of it when they next connect`)
  },
}

/** The names given, the others as before; undefined: none was given. A city without a short name is called by its whole one. */
export function namesIn(values: Values, before: LocalNames | undefined): LocalNames | undefined {
  const given = (name: 'city' | 'city-short' | 'city-latin' | 'platform') => {
    const value = values[name]
    if (value === undefined) return undefined
    if (typeof value !== 'string' || !/^[^{}]{1,20}$/.test(value.trim()))
      throw new PlainError(`--${name} must be a name of 1 to 20 characters.`)
    return value.trim()
  }
  const [city, short, latin, platform] = [given('city'), given('city-short'), given('city-latin'), given('platform')]
  if (!city && !short && !latin && !platform) return undefined
  const others = before ?? localNames({})
  return {
    city: city ?? others.city,
    short: short ?? city ?? others.short,
    latin: latin ?? city ?? others.latin,
    platform: platform ?? others.platform,
  }
}

async function unitOf(pool: Parameters<Command>[0], communityId: string, values: Values): Promise<string> {
  if (values.unit === undefined) return communityId
  return knownUnit(pool, communityId as Parameters<typeof knownUnit>[1], need(values, 'unit'), ['post', 'compound', 'community'])
}

function phoneIn(values: Values): string {
  const phone = need(values, 'phone')
  if (!/^[+\d][\d -]{1,24}$/.test(phone)) throw new PlainError('--phone must be a number to dial.')
  return phone
}
