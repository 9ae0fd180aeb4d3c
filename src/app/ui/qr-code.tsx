import { useEffect, useMemo, useState } from 'preact/hooks'
import { encode } from 'uqr'

export interface QrCodeProps {
  readonly text: string
  /** For who cannot see it. */
  readonly label: string
  /** `L` for a long text on a bright screen, where fewer and larger modules help more than repair does. */
  readonly level?: 'L' | 'M'
  /** One of the eight pictures of the same text; left out, the one that the standard prefers. */
  readonly mask?: number
  /** Shows the eight pictures in turn: what a camera cannot make out of one, it reads from the next. */
  readonly live?: boolean
}

export const MASKS = 8
const EACH = 700 // ms

/** A QR code with its quiet zone; dark on white in every theme, because scanners need that. */
export function QrCode({ text, label, level = 'M', mask, live = false }: QrCodeProps) {
  const [turn, setTurn] = useState(0)
  useEffect(() => {
    if (!live) return undefined
    const timer = setInterval(() => setTurn((before) => (before + 1) % MASKS), EACH)
    return () => clearInterval(timer)
  }, [live])
  const shown = live ? turn : mask
  const { size, path } = useMemo(() => drawn(modulesOf(text, level, shown)), [text, level, shown])
  return (
    <svg class="qr-code" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label} shape-rendering="crispEdges">
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  )
}

/** The code's modules, row by row, quiet zone included. */
export function modulesOf(text: string, level: 'L' | 'M', mask: number | undefined): readonly (readonly boolean[])[] {
  return encode(text, { ecc: level, border: 4, ...(mask === undefined ? {} : { maskPattern: mask }) }).data
}

function drawn(modules: readonly (readonly boolean[])[]): { readonly size: number; readonly path: string } {
  const rows = modules.map((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : '')).join(''))
  return { size: modules.length, path: rows.join('') }
}
