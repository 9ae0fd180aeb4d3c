export interface Charge {
  /** 0-100. */
  readonly percent: number
  readonly charging: boolean
}

/** Chromium's alone, so TypeScript does not know it. */
interface Battery {
  readonly level: number
  readonly charging: boolean
}

/** The phone's charge, where the browser tells. */
export async function readCharge(): Promise<Charge | undefined> {
  if (!('getBattery' in navigator) || typeof navigator.getBattery !== 'function') return undefined
  const { level, charging } = (await navigator.getBattery()) as Battery
  return { percent: Math.round(level * 100), charging }
}
