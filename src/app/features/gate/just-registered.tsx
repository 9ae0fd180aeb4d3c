import { clockText } from '../../i18n/format'
import { t } from '../../i18n/translate'
import { useServices } from '../../services'
import { Strip } from '../../shell/strip'
import { Button } from '../../ui/button'
import type { GateActions } from './gate-actions'
import type { Gate } from './gate-state'
import { WhoHead } from './who-head'

/** The same person within a minute is answered, not recorded again. */
export function JustRegistered({
  shown,
  actions,
}: {
  readonly shown: Extract<Gate, { at: 'just-registered' }>
  readonly actions: GateActions
}) {
  const { passing } = shown
  const { who, seen, direction } = passing
  const seconds = Math.round(useServices().rules.value.duplicateWindow / 1000)
  const words = t('gate.just-title', { time: clockText(seen.at), direction: t(`direction.${seen.direction}`) })
  return (
    <div class="gate gate-measuring">
      <Strip />
      <main>
        <WhoHead who={who} direction={direction} words={words} icon="clock" />
        <p class="gate-words">{t('gate.just-todo', { seconds })}</p>
      </main>
      <footer class="gate-foot gate-foot-stacked">
        <Button tall wide onClick={() => void actions.goOn(passing)}>
          {t('gate.just-anyway')}
        </Button>
        <Button look="main" tall wide onClick={actions.back}>
          {t('common.back')}
        </Button>
      </footer>
    </div>
  )
}
