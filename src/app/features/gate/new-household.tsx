import { useState } from 'preact/hooks'
import type { CardId } from '../../../domain/ids'
import type { Household } from '../../../domain/roster'
import { addressTyped } from '../../../domain/unit-typed'
import { t } from '../../i18n/translate'
import { useServices } from '../../services'
import { useOnce } from '../../shell/one-at-a-time'
import { give } from '../../shell/signals'
import { STORAGE_WORDS } from '../../shell/storage-words'
import { Button } from '../../ui/button'
import { Dialog } from '../../ui/dialog'
import { Field } from '../../ui/field'
import { addHousehold, namesTyped } from './binding'

export interface NewHouseholdProps {
  /** What was typed of it already. */
  readonly unit: string
  /** The card that it gets. */
  readonly cardId?: CardId
  readonly onMade: (household: Household) => void
  readonly onClose: () => void
}

/** A household that nobody wrote down before, with a card or without one; offline too. */
export function NewHousehold({ unit: typed, cardId, onMade, onClose }: NewHouseholdProps) {
  const services = useServices()
  const [unit, setUnit] = useState(typed)
  const [names, setNames] = useState('')
  const [problem, setProblem] = useState<string>()
  const make = useOnce(async () => {
    if (!addressTyped(unit)) return setProblem(t('gate.new-unit-missing'))
    const made = await addHousehold(services, { unit, names: namesTyped(names) }, cardId)
    give(made.ok ? 'counted' : 'failed', services.preferences.value)
    if (!made.ok) return setProblem(t(STORAGE_WORDS[made.error.kind].todo))
    onMade(made.value)
  })
  return (
    <Dialog title={t('gate.new-household', { unit })} onClose={onClose}>
      <div class="gate-reasons">
        <Field label={t('gate.new-unit')} hint={t('register.unit-hint')} value={unit} onInput={setUnit} maxLength={40} />
        <Field label={t('gate.new-names')} hint={t('gate.new-names-hint')} value={names} onInput={setNames} maxLength={120} />
        {problem && (
          <p class="field-error" role="alert">
            {problem}
          </p>
        )}
        <Button look="main" tall wide onClick={() => void make()}>
          {t(cardId ? 'gate.bind-do' : 'gate.new-do')}
        </Button>
        <Button look="quiet" wide onClick={onClose}>
          {t('common.cancel')}
        </Button>
      </div>
    </Dialog>
  )
}
