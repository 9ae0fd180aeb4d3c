import { signal } from '@preact/signals'
import type { MessagesLike, SlotsOf, StandingSlot } from './message-type'
import { zhCN } from './zh-cn'

export const LANGUAGES = ['zh-CN', 'en'] as const
export type Language = (typeof LANGUAGES)[number]
export type MessageKey = keyof typeof zhCN
/** A message without slots: what a table of words may hold. */
export type PlainKey = { [Key in MessageKey]: [SlotsOf<(typeof zhCN)[Key]>] extends [never] ? Key : never }[MessageKey]
type Slots<Key extends MessageKey> = [SlotsOf<(typeof zhCN)[Key]>] extends [never]
  ? []
  : [slots: Readonly<Record<SlotsOf<(typeof zhCN)[Key]>, string | number>>]

const messages = signal<MessagesLike<typeof zhCN>>(zhCN)
/** The language on the screen; a component that calls `t` is drawn again when it changes. */
export const language = signal<Language>('zh-CN')

/** As in Nanjing, until the community says otherwise. */
const standing = signal<Readonly<Record<StandingSlot, string>>>({ city: '南京', short: '宁', platform: '宁归来' })
/** What the city and its platform are called from now on, in the language on the screen. */
export function callPlaces(names: Readonly<Record<StandingSlot, string>>): void {
  standing.value = names
}

/** A message of the language on the screen with its slots filled. */
export function t<Key extends MessageKey>(key: Key, ...[slots]: Slots<Key>): string {
  const text: string = messages.value[key]
  if (!text.includes('{')) return text
  const values: Readonly<Record<string, string | number>> = { ...standing.value, ...slots }
  return text.replace(/\{([^}]+)\}/g, (slot, name: string) => String(values[name] ?? slot))
}

/** English is a chunk of its own, so that the gate in Chinese does not wait for it. */
export async function speak(chosen: Language): Promise<void> {
  messages.value = chosen === 'en' ? (await import('./en')).en : zhCN
  language.value = chosen
  document.documentElement.lang = chosen
  document.title = chosen === 'en' ? 'Gatepost' : '值守 Gatepost'
}
