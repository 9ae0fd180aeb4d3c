import { phonesInReport } from '../../../domain/phones-in-report'
import type { PhoneLeft } from '../../../domain/shift'
import { isoWithOffset } from '../../../domain/time'
import { dayClockText } from '../../i18n/format'
import { t } from '../../i18n/translate'
import type { Services } from '../../services'
import { Facts, Section } from '../../ui/facts'

/** This phone with what waits on it, and the others that stand at this post, as far as anybody told of them. */
export function phonesLeft({ identity, counters, kept, post }: Services): PhoneLeft[] {
  const { deviceId, community } = identity.value
  const { waiting, rejected } = counters.value
  const zone = -new Date().getTimezoneOffset()
  const others = phonesInReport({
    self: deviceId,
    communityId: community.id,
    phones: kept.values.phones.value,
    posts: [post.value],
    days: [],
    given: [],
    zone,
  })
  return [
    { name: deviceId.slice(0, 4), unsent: waiting + rejected },
    ...others.map(({ name, lastSeen }) => ({ name, ...(lastSeen === undefined ? {} : { lastSeen: isoWithOffset(lastSeen, zone) }) })),
  ]
}

export function PhonesLeft({ phones }: { readonly phones: readonly PhoneLeft[] }) {
  return (
    <Section title={t('shift.phones')}>
      <Facts
        facts={phones.map(({ name, unsent, lastSeen }) => ({
          name: unsent === undefined ? name : t('shift.this-phone', { phone: name }),
          value:
            unsent === undefined
              ? lastSeen
                ? t('shift.last-seen', { time: dayClockText(Date.parse(lastSeen)) })
                : t('shift.never-seen')
              : t('shift.phone-unsent', { count: unsent }),
        }))}
      />
    </Section>
  )
}
