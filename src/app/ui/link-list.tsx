import { Section } from './facts'
import { Icon, type IconName } from './icon'

export interface LinkListProps {
  readonly title: string
  readonly links: readonly { readonly href: string; readonly icon: IconName; readonly text: string }[]
}

/** Where one can go from here, a line each. */
export function LinkList({ title, links }: LinkListProps) {
  return (
    <Section title={title}>
      <nav class="link-list" aria-label={title}>
        {links.map(({ href, icon, text }) => (
          <a key={href} href={href}>
            <Icon name={icon} />
            <span>{text}</span>
          </a>
        ))}
      </nav>
    </Section>
  )
}
