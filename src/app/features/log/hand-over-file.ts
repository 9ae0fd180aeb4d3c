import { signal } from '@preact/signals'

/** A file that was made, and is not given yet. */
export interface MadeFile {
  /** Of what it is, so that it is not shown as the answer to something else. */
  readonly name: string
  readonly file: File
  /** Rows of a report, records of a day. */
  readonly count: number
}

/**
 * The last of each kind, in memory: the records lock themselves while a chat is being picked, and what was made must not be made again.
 * A full lock loads the page anew, and drops it with the keys.
 */
export const lastMade = { report: signal<MadeFile | undefined>(undefined), day: signal<MadeFile | undefined>(undefined) } as const

/** What became of a file: `closed` by a person, who has decided; `saved`, where the share sheet would not take it. */
export type Given = 'shared' | 'closed' | 'saved'

/** A browser that shares files at all; whether it takes this one is known when it is tried. */
export const canShare = (file: File) => navigator.canShare?.({ files: [file] }) ?? false

/**
 * Gives a file to the share sheet, else to the downloads, in one tap. Chromium's `canShare` agrees to any file, and its `share` then
 * refuses all but pictures, sound, film, PDF and a few kinds of text by name and type: neither XLSX nor JSON.
 */
export async function give(file: File): Promise<Given> {
  try {
    await navigator.share({ files: [file], title: file.name })
    return 'shared'
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === 'AbortError') return 'closed'
    download(file)
    return 'saved'
  }
}

export function download(file: File): void {
  const url = URL.createObjectURL(file)
  const link = document.createElement('a')
  link.href = url
  link.download = file.name
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 60_000) // ms; a slow phone is still writing it
}
