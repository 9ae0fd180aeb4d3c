import { useEffect } from 'preact/hooks'

/** Keeps the screen on while the gate is shown; the system takes the lock back whenever the page is hidden. */
export function useWakeLock(): void {
  useEffect(() => {
    if (!('wakeLock' in navigator)) return
    let lock: WakeLockSentinel | undefined
    let gone = false
    const ask = async () => {
      if (document.visibilityState !== 'visible') return
      // Refused on low battery: the gate works all the same.
      const given = await navigator.wakeLock.request('screen').catch(() => undefined)
      if (gone) void given?.release()
      else lock = given
    }
    void ask()
    document.addEventListener('visibilitychange', ask)
    return () => {
      gone = true
      document.removeEventListener('visibilitychange', ask)
      void lock?.release()
    }
  }, [])
}
