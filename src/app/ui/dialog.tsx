import type { ComponentChildren } from 'preact'
import { useEffect, useId, useRef } from 'preact/hooks'

export interface DialogProps {
  readonly title: string
  readonly onClose: () => void
  readonly children: ComponentChildren
}

/** A sheet from the bottom that must be answered or closed; the browser's own dialog keeps focus and Escape. */
export function Dialog({ title, onClose, children }: DialogProps) {
  const id = useId()
  const sheet = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    const shown = sheet.current
    if (shown && !shown.open) shown.showModal()
  }, [])
  return (
    <dialog ref={sheet} class="dialog" aria-labelledby={id} onClose={onClose}>
      <h2 id={id}>{title}</h2>
      {children}
    </dialog>
  )
}
