import { type ContactRole, contactsOf } from '../../domain/community'
import { t } from '../i18n/translate'
import { useServices } from '../services'
import { Icon } from '../ui/icon'

/** Whom the post calls, by role: one tap each. */
export function ContactLinks({ onCall }: { readonly onCall?: (role: ContactRole) => void }) {
  const { identity, post } = useServices()
  const contacts = contactsOf(post.value, identity.value.community)
  return (
    <ul class="contacts">
      {contacts.map(({ role, name, phone }) => (
        <li key={role}>
          <a class="button button-tall button-wide" href={`tel:${phone}`} onClick={() => onCall?.(role)}>
            <Icon name="phone" />
            <span>
              {t(`contact.${role}`)} <small>{name || phone}</small>
            </span>
          </a>
        </li>
      ))}
    </ul>
  )
}
