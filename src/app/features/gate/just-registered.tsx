import { clockText } from '../../i18n/format'
import { t } from '../../i18n/translate'
import { Strip } from '../../shell/strip'
import { Button } from '../../ui/button'
import { Icon } from '../../ui/icon'
import type { GateActions } from './gate-actions'
import type { Gate } from './gate-state'

/** The same person within a minute is answered, not recorded again. */
export function JustRegistered({
  shown,
  actions,
}: {
  readonly shown: Extract<Gate, { at: 'just-registered' }>
  readonly actions: GateActions
}) {
  const { who, seen } = shown
  return (
    <div class="gate gate-measuring">
      <Strip />
      <main>
        <section class="who" role="status">
          <span class="who-sign">
            <Icon name="clock" size={28} />
          </span>
          <div>
            <h1>
              {who.name} <small>{who.unit}</small>
            </h1>
            <p class="who-word">{t('gate.just-title', { time: clockText(seen.at), direction: t(`direction.${seen.direction}`) })}</p>
          </div>
        </section>
        <p class="gate-words">{t('gate.just-todo')}</p>
      </main>
      <footer class="gate-foot gate-foot-stacked">
        <Button tall wide onClick={() => void actions.person(who, true)}>
          {t('gate.just-anyway')}
        </Button>
        <Button look="main" tall wide onClick={actions.back}>
          {t('common.back')}
        </Button>
      </footer>
    </div>
  )
}
