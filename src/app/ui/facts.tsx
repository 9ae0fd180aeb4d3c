import type { ComponentChildren } from 'preact'

/** A heading and what is true under it. */
export function Section({ title, children }: { readonly title: string; readonly children: ComponentChildren }) {
  return (
    <section class="section">
      <h2>{title}</h2>
      {children}
    </section>
  )
}

export interface FactsProps {
  readonly facts: readonly { readonly name: string; readonly value: ComponentChildren }[]
}

/** Names and their values, a line each. */
export function Facts({ facts }: FactsProps) {
  return (
    <dl class="facts">
      {facts.map(({ name, value }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
