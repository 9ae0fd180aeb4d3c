import type { Services } from '../../services'

/** How the community's lists call a phone; undefined: no list that this phone knows names it. */
export function phoneNameOf({ identity, kept }: Services, deviceId: string): string | undefined {
  const known = kept.values.phones.value.find((phone) => phone.deviceId === deviceId)
  if (known) return known.name
  const lead = identity.value.keys?.leads.find((phone) => phone.deviceId === deviceId)
  return lead && [lead.name, deviceId.slice(0, 4)].filter(Boolean).join(' ')
}
