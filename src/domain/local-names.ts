import type { Community } from './community'

/** How a city and its platform for arrivals are called: settings, because a gate elsewhere says other words. */
export interface LocalNames {
  /** 南京. */
  readonly city: string
  /** As in 来宁返宁: 宁. */
  readonly short: string
  /** In Latin letters. */
  readonly latin: string
  /** 宁归来. */
  readonly platform: string
}

export const NANJING: LocalNames = { city: '南京', short: '宁', latin: 'Nanjing', platform: '宁归来' }

export const localNames = ({ names }: Pick<Community, 'names'>): LocalNames => names ?? NANJING

/** What stands for {city}, {short} and {platform} in words of a language. */
export function nameSlots(
  { city, short, latin, platform }: LocalNames,
  language: 'zh-CN' | 'en',
): Readonly<Record<'city' | 'short' | 'platform', string>> {
  return language === 'en' ? { city: latin, short: latin, platform } : { city, short, platform }
}

/** Puts slots into a text; what is no slot of these stays as it is. */
export function filled(text: string, slots: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{([^}]+)\}/g, (slot, name: string) => String(slots[name] ?? slot))
}
