/** Strings of settings, as they stand on the screen. */
export const settings = {} as const
