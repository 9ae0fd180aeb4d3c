import { useEffect, useState } from 'preact/hooks'
import { MASKS, QrCode } from './qr-code'

const EACH = 600 // ms; a cheap camera reads twice a second

/** A text that is too long for one code: its parts in turn, each round in another of the eight pictures. */
export function QrParts({ texts, label }: { readonly texts: readonly string[]; readonly label: string }) {
  const [turn, setTurn] = useState(0)
  useEffect(() => {
    const timer = setInterval(() => setTurn((before) => before + 1), EACH)
    return () => clearInterval(timer)
  }, [])
  const text = texts[turn % texts.length]
  return text === undefined ? null : <QrCode text={text} label={label} level="L" mask={Math.floor(turn / texts.length) % MASKS} />
}
