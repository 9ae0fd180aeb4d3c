import { createStore, get, update } from 'idb-keyval'
import type { Direction } from '../domain/operation'
import type { Site } from '../domain/reading'

/** What a person chose on this phone. */
export interface Preferences {
  readonly language: 'zh-CN' | 'en'
  readonly theme: 'system' | 'light' | 'dark' | 'contrast'
  readonly text: 'usual' | 'large'
  readonly direction: Direction
  readonly site: Site
  /** `auto`: where the post's type begins with it. `off` saves the battery: tiles and numbers instead. */
  readonly camera: 'auto' | 'on' | 'off'
  readonly cameraId?: string
  readonly sound: boolean
  /** Spoken phrases beside the tones. */
  readonly speech: boolean
}

const store = createStore('gatepost-preferences', 'values')
const USUAL: Preferences = {
  language: 'zh-CN',
  theme: 'system',
  text: 'usual',
  direction: 'in',
  site: 'forehead',
  camera: 'auto',
  sound: true,
  speech: false,
}

export async function readPreferences(): Promise<Preferences> {
  return { ...USUAL, ...(await get<Partial<Preferences>>('preferences', store)) }
}

export async function writePreferences(part: Partial<Preferences>): Promise<void> {
  await update<Partial<Preferences>>('preferences', (before) => ({ ...before, ...part }), store)
}
