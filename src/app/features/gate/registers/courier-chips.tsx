import { rememberedAt } from '../../../../storage/remembered'
import { t } from '../../../i18n/translate'
import { useServices } from '../../../services'
import { courierWho } from '../../../shell/who'
import { Button } from '../../../ui/button'
import type { GateActions } from '../gate-actions'
import type { Measure } from '../gate-state'

const FEW = 4 // as many as stand in a row that does not push the pad away

interface CourierChipsProps {
  readonly measure: Measure
  readonly actions: GateActions
  /** Where couriers stay outside: who must carry something in. */
  readonly onExcept?: (() => void) | undefined
}

/** Who brought something before: a tap, and the pad is theirs. */
export function CourierChips({ measure, actions, onExcept }: CourierChipsProps) {
  const { kept } = useServices()
  const { couriers } = rememberedAt(kept.values.remembered.value, Date.now())
  const { who, direction } = measure
  const isNamed = who.subject.kind === 'courier' && Object.keys(who.subject).length > 1
  if (isNamed && !onExcept) return null
  return (
    <div class="courier-chips">
      {onExcept && <Button onClick={onExcept}>{t('gate.except')}</Button>}
      {!isNamed &&
        couriers.slice(0, FEW).map(({ form, at }) => (
          <Button key={at} onClick={() => void actions.person(courierWho(form, 'remembered'), { direction })}>
            {courierWho(form, 'remembered').name}
          </Button>
        ))}
      {!isNamed && (
        <Button icon="edit" onClick={() => actions.go({ at: 'courier', direction })}>
          {t('register.courier-form')}
        </Button>
      )}
    </div>
  )
}
