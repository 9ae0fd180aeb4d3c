declare const __BUILD__: string

/** The version that this page was built as. */
export const BUILD: string = __BUILD__
