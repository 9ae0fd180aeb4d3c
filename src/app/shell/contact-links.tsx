import { contactsOf } from '../../domain/community'
import type { Reached } from '../../domain/incident'
import { t } from '../i18n/translate'
import { useServices } from '../services'
import { Icon } from '../ui/icon'

export interface ContactLinksProps {
  readonly onCall?: (whom: Reached) => void
  /** 120 stands last: where somebody is ill. */
  readonly withEmergency?: boolean
}

/** Whom the post calls, by role: one tap each. */
export function ContactLinks({ onCall, withEmergency = false }: ContactLinksProps) {
  const { identity, post } = useServices()
  const contacts: readonly { readonly role: Reached; readonly name: string; readonly phone: string }[] = [
    ...contactsOf(post.value, identity.value.community),
    ...(withEmergency ? [{ role: 'emergency' as const, name: '', phone: '120' }] : []),
  ]
  return (
    <ul class="contacts">
      {contacts.map(({ role, name, phone }) => (
        <li key={role}>
          <a class="button button-tall button-wide" href={`tel:${phone}`} onClick={() => onCall?.(role)}>
            <Icon name="phone" />
            <span>
              <b>{t(`contact.${role}`)}</b> {role !== 'emergency' && <small>{name || phone}</small>}
            </span>
          </a>
        </li>
      ))}
    </ul>
  )
}
