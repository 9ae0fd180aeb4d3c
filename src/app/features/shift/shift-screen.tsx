import { dayClockText } from '../../i18n/format'
import { t } from '../../i18n/translate'
import { useServices } from '../../services'
import { Facts, Section } from '../../ui/facts'
import { LinkList } from '../../ui/link-list'
import { Screen } from '../../ui/screen'
import { Attendance } from './attendance'
import { OpenShift } from './open-shift'
import { PeopleHere } from './people-here'
import { useShiftSum } from './use-shift-sum'
import './shift.css'

/** 班次: opened with a thermometer check and who is here; handed over at its end. */
export function ShiftScreen() {
  const { kept } = useServices()
  const shift = kept.values.shift.value
  const sum = useShiftSum(shift?.openedAt)
  return (
    <Screen title={t('shift.title')} back={{ href: '/', label: t('common.back') }}>
      {!shift && <OpenShift />}
      {shift && (
        <Section title={shift.name || t('shift.title')}>
          <Facts
            facts={[
              { name: t('shift.since'), value: dayClockText(shift.openedAt) },
              { name: t('gate.site'), value: t(`site.${shift.site}`) },
              ...shift.thermometers.map(({ thermometer, offset }) => ({
                name: thermometer,
                value: offset === undefined ? t('shift.not-compared') : t('shift.offset', { offset: signed(offset) }),
              })),
            ]}
          />
        </Section>
      )}
      <Attendance />
      {sum && sum.people.length > 0 && <PeopleHere people={sum.people} />}
      {shift && (
        <a class="button button-main button-tall button-wide" href="/shift/hand-over">
          {t('shift.hand-over')}
        </a>
      )}
      <LinkList
        title={t('shift.cases')}
        links={[
          { href: '/shift/give', icon: 'share', text: t('shift.give') },
          { href: '/shift/take', icon: 'camera', text: t('shift.take') },
        ]}
      />
    </Screen>
  )
}

const signed = (offset: number) => `${offset > 0 ? '+' : ''}${offset.toFixed(1)}`
