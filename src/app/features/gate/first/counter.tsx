import { useEffect, useState } from 'preact/hooks'
import { isReadingAsked } from '../../../../domain/rules/verdict'
import { correctedTime } from '../../../../domain/time'
import type { StorageError } from '../../../../storage/storage-error'
import type { Tap } from '../../../../storage/taps'
import { t } from '../../../i18n/translate'
import { useServices } from '../../../services'
import { give } from '../../../shell/signals'
import { STORAGE_WORDS } from '../../../shell/storage-words'
import { Button } from '../../../ui/button'
import type { GateActions } from '../gate-actions'
import { lastPassage } from '../last-passage'
import { perMinute, useCounted } from './counted'

const BATCHES = [1, 5] as const

/** A metro exit at forty a minute: +1, +5, and one tap to hold somebody back. Who is counted is in range; nobody invents a tenth. */
export function Counter({ actions }: { readonly actions: GateActions }) {
  const { rules, rulesNow, preferences, save } = useServices()
  const { taps, show } = useCounted()
  const [failed, setFailed] = useState<StorageError>()
  const { direction, site } = preferences.value
  const asked = isReadingAsked(rules.value, direction)

  const add = async (people: number) => {
    const measured = asked ? ({ inRange: true, site } as const) : ({ reason: 'rule-asks-none' } as const)
    const saved = await save([{ operation: { kind: 'count', direction, people, measured, rules: rulesNow().version } }])
    const [first] = saved.ok ? saved.value : []
    setFailed(saved.ok ? undefined : saved.error)
    if (!first) return give('failed', preferences.value)
    give('counted', preferences.value)
    const who = { name: t('first.counted', { people, direction: t(`direction.${direction}`) }), unit: '' }
    show({ key: first.key, people, at: correctedTime(first) })
    lastPassage.value = { key: first.key, who, direction, outcome: 'counted', savedAt: Date.now() }
  }
  return (
    <div class="counter">
      <Pace taps={taps} />
      <p class="counter-what">{asked ? t('first.counter-measured') : t('first.counter-only')}</p>
      {failed && (
        <p class="field-error" role="alert">
          {t('gate.not-saved')} {t(STORAGE_WORDS[failed.kind].todo)}
        </p>
      )}
      <div class="counter-keys">
        {BATCHES.map((people) => (
          <button key={people} type="button" class="counter-key" onClick={() => void add(people)}>
            +{people}
          </button>
        ))}
      </div>
      <Button tall wide icon="hand" onClick={() => actions.go({ at: 'hold' })}>
        {t('first.hold')}
      </Button>
    </div>
  )
}

/** How many today, and how many in the last minute. */
function Pace({ taps }: { readonly taps: readonly Tap[] | undefined }) {
  const { now } = useServices()
  const [time, setTime] = useState(now())
  useEffect(() => {
    const timer = setInterval(() => setTime(now()), 1000)
    return () => clearInterval(timer)
  }, [now])
  const total = taps?.reduce((sum, { people }) => sum + people, 0)
  return (
    <p class="counter-pace" role="status">
      <b>{total ?? '…'}</b> {taps && <span>{t('first.per-minute', { count: perMinute(taps, time) })}</span>}
    </p>
  )
}
