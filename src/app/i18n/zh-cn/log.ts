/** Strings of log, as they stand on the screen. */
export const log = {} as const
