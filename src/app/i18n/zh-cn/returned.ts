/** Strings of returned, as they stand on the screen. */
export const returned = {} as const
