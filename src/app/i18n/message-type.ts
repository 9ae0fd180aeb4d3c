/** The names of the slots in a message: 'saved {name} {reading}' > 'name' | 'reading'. */
export type SlotsOf<Text> = Text extends `${string}{${infer Name}}${infer Rest}` ? Name | SlotsOf<Rest> : never

/** Another language's messages: the same keys. A test compares the slots. */
export type MessagesLike<Messages> = { readonly [Key in keyof Messages]: string }
