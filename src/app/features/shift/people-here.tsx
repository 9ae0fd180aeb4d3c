import { type Attended, totalOf } from '../../../domain/attendance'
import { t } from '../../i18n/translate'
import { Facts, Section } from '../../ui/facts'

/** 人次, 工时: who was there in this shift, and for how long. */
export function PeopleHere({ people }: { readonly people: readonly Attended[] }) {
  const { personTimes, minutes } = totalOf(people)
  return (
    <Section title={t('shift.volunteers')}>
      <Facts
        facts={[
          ...people.map(({ name, as, times, minutes: own, isHere }) => ({
            name: `${name} · ${t(`shift.kind-${as}`)}`,
            value: t(isHere ? 'shift.hours-so-far' : 'shift.hours', { times, hours: hoursText(own) }),
          })),
          { name: t('shift.together'), value: t('shift.hours', { times: personTimes, hours: hoursText(minutes) }) },
        ]}
      />
    </Section>
  )
}

const hoursText = (minutes: number) => (minutes / 60).toFixed(1)
