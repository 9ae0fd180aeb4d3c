/** Strings of roster, as they stand on the screen. */
export const roster = {} as const
