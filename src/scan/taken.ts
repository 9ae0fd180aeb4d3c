const STILL_MUTED = 2_000 // ms; a camera that changes its size is mute for a moment

/** Calls once when the system takes a camera away: unplugged, not allowed any more, or mute because a call or another app has it. Returns what forgets it. */
export function whenTaken(track: MediaStreamTrack, taken: () => void): () => void {
  let muted: ReturnType<typeof setTimeout> | undefined
  const watching = new AbortController()
  const forget = () => {
    clearTimeout(muted)
    watching.abort()
  }
  const end = () => {
    forget()
    taken()
  }
  const { signal } = watching
  track.addEventListener('ended', end, { signal })
  track.addEventListener('mute', () => (muted = setTimeout(end, STILL_MUTED)), { signal })
  track.addEventListener('unmute', () => clearTimeout(muted), { signal })
  return forget
}

/** Calls whenever a camera may be there again: something was plugged in, or a person has allowed it in the browser's settings. Returns what forgets it. */
export function whenBack(mayBeBack: () => void): () => void {
  const watching = new AbortController()
  const { signal } = watching
  navigator.mediaDevices?.addEventListener('devicechange', mayBeBack, { signal })
  void navigator.permissions
    ?.query({ name: 'camera' })
    .then((permission) => permission.addEventListener('change', () => permission.state === 'granted' && mayBeBack(), { signal }))
    .catch(() => undefined) // a browser that does not tell of cameras
  return () => watching.abort()
}
