import { t } from '../../i18n/translate'
import { Strip } from '../../shell/strip'
import { Button } from '../../ui/button'
import type { GateActions } from './gate-actions'
import type { Gate } from './gate-state'
import { WhoHead } from './who-head'

/** What the rules ask before the temperature, one question at a time. */
export function AskPanel({ shown, actions }: { readonly shown: Extract<Gate, { at: 'ask' }>; readonly actions: GateActions }) {
  const { passing, asks } = shown
  const [ask] = asks
  return (
    <div class="gate gate-measuring">
      <Strip />
      <main>
        <WhoHead who={passing.who} direction={passing.direction} words={t(`gate.ask-${ask ?? 'pass'}`)} />
        <p class="gate-words">{t(`gate.ask-${ask ?? 'pass'}-how`)}</p>
      </main>
      {ask === 'arrival' ? (
        <footer class="gate-foot gate-foot-stacked">
          <Button tall wide look="main" onClick={() => void actions.answered(passing, { arrival: 'no-journey' })}>
            {t('gate.no-journey')}
          </Button>
          <Button tall wide onClick={() => actions.go({ at: 'arrival', passing, values: arrivalValues(passing.who) })}>
            {t('gate.journey')}
          </Button>
          <Button tall wide onClick={actions.back}>
            {t('common.back')}
          </Button>
        </footer>
      ) : (
        <footer class="gate-foot gate-foot-stacked">
          <Button tall wide look="main" onClick={() => void actions.answered(passing, { pass: 'shown' })}>
            {t('gate.pass-shown')}
          </Button>
          <Button tall wide onClick={() => void actions.answered(passing, { pass: 'missing' })}>
            {t('gate.pass-missing')}
          </Button>
          <Button tall wide onClick={actions.back}>
            {t('common.back')}
          </Button>
        </footer>
      )}
    </div>
  )
}

/** What the roster knows already need not be typed. */
function arrivalValues({ subject, household, unit }: Extract<Gate, { at: 'ask' }>['passing']['who']) {
  if (subject.kind !== 'resident') return {}
  const resident = household?.residents.find(({ id }) => id === subject.residentId)
  return {
    residentId: subject.residentId,
    householdId: subject.householdId,
    name: resident?.name ?? '',
    phone: resident?.phone ?? '',
    unit,
  }
}
