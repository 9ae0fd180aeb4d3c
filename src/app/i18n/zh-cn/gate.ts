/** Strings of gate, as they stand on the screen. */
export const gate = {} as const
