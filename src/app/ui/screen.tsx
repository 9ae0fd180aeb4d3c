import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { Icon } from './icon'

export interface ScreenProps {
  readonly title: string
  readonly back?: { readonly href: string; readonly label: string }
  readonly children: ComponentChildren
  /** Stays at the thumb while the rest scrolls. */
  readonly foot?: ComponentChildren
}

/** A page beside the gate: title, one column, and what to do at the bottom. Its heading takes the focus, so that a screen reader begins there. */
export function Screen({ title, back, children, foot }: ScreenProps) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [title])
  return (
    <main class="screen">
      <header class="screen-head">
        {back && (
          <a class="screen-back" href={back.href} aria-label={back.label}>
            <Icon name="back" />
          </a>
        )}
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
      </header>
      <div class="screen-body">{children}</div>
      {foot && <footer class="screen-foot">{foot}</footer>}
    </main>
  )
}
