/** Strings of activate, as they stand on the screen. */
export const activate = {} as const
