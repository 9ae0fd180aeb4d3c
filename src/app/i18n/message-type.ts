/** What the community calls its city and the platform for arrivals: filled in by itself, so nobody hands it in. */
export const STANDING_SLOTS = ['city', 'short', 'platform'] as const
export type StandingSlot = (typeof STANDING_SLOTS)[number]

/** The names of the slots in a message: 'saved {name} {reading}' > 'name' | 'reading'. */
export type SlotsOf<Text> = Text extends `${string}{${infer Name}}${infer Rest}` ? Exclude<Name, StandingSlot> | SlotsOf<Rest> : never

/** Another language's messages: the same keys. A test compares the slots. */
export type MessagesLike<Messages> = { readonly [Key in keyof Messages]: string }
