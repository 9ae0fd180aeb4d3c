declare const self: ServiceWorkerGlobalScope

/** A new version waits until a person has asked for it; the very first one serves the open page at once. */
export function answerPages(): void {
  self.addEventListener('message', (event) => {
    if (event.data?.type === 'SKIP_WAITING') void self.skipWaiting()
  })
  self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()))
}
