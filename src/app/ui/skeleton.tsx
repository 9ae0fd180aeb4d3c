import { useEffect, useState } from 'preact/hooks'

const SHOWN_AFTER = 300 // ms; what is quicker than that needs no sign that it is coming

/** Grey lines in the place of what is being read. */
export function Skeleton({ label, lines = 4 }: { readonly label: string; readonly lines?: number }) {
  const [shown, show] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => show(true), SHOWN_AFTER)
    return () => clearTimeout(timer)
  }, [])
  if (!shown) return null
  return (
    <div class="skeleton" role="status">
      <span class="visually-hidden">{label}</span>
      {Array.from({ length: lines }, (_, line) => (
        <i key={line} />
      ))}
    </div>
  )
}
