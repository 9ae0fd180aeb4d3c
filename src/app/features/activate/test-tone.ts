const LENGTH = 0.25 // s
const PITCH = 880 // Hz: heard well by old ears, and by small loudspeakers

/** One beep of the kind that tells that something was saved. A browser without Web Audio stays silent. */
export function playTestTone(): void {
  if (typeof AudioContext === 'undefined') return
  const audio = new AudioContext()
  const tone = audio.createOscillator()
  const volume = audio.createGain()
  tone.frequency.value = PITCH
  volume.gain.setValueAtTime(0.6, audio.currentTime)
  volume.gain.exponentialRampToValueAtTime(0.001, audio.currentTime + LENGTH)
  tone.connect(volume).connect(audio.destination)
  tone.start()
  tone.stop(audio.currentTime + LENGTH)
  tone.onended = () => void audio.close()
}
