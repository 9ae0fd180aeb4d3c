import { signal } from '@preact/signals'

/** Chromium's offer to install the page; other browsers have only their menu. */
interface InstallOffer extends Event {
  prompt(): Promise<unknown>
}

const offer = signal<InstallOffer | undefined>(undefined)
/** True once this page runs, or has just been put, on the home screen. */
export const installed = signal(runsInstalled())

/** Listens from the start on: the browser makes its offer once, and early. */
export function listenForInstallOffer(): void {
  addEventListener('beforeinstallprompt', (event) => {
    event.preventDefault()
    offer.value = event as InstallOffer
  })
  addEventListener('appinstalled', () => {
    offer.value = undefined
    installed.value = true
  })
}

export function canOfferInstall(): boolean {
  return offer.value !== undefined
}

/** Shows the browser's own question; an offer can be used once. */
export async function install(): Promise<void> {
  const { value } = offer
  offer.value = undefined
  await value?.prompt()
}

/** An iPad calls itself a Macintosh; a Macintosh has no touch screen. */
export function isIos(userAgent: string, maxTouchPoints: number): boolean {
  return /iPhone|iPad|iPod/.test(userAgent) || (userAgent.includes('Macintosh') && maxTouchPoints > 1)
}

function runsInstalled(): boolean {
  if (typeof matchMedia === 'undefined') return false
  return matchMedia('(display-mode: standalone)').matches || ('standalone' in navigator && navigator.standalone === true)
}
