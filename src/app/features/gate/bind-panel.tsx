import { useState } from 'preact/hooks'
import { shortCodeOf } from '../../../domain/card'
import type { CardId } from '../../../domain/ids'
import { type Household, maskName, unitText } from '../../../domain/roster'
import type { StorageError } from '../../../storage/storage-error'
import { t } from '../../i18n/translate'
import { useServices } from '../../services'
import { give } from '../../shell/signals'
import { STORAGE_WORDS } from '../../shell/storage-words'
import { Button } from '../../ui/button'
import { Dialog } from '../../ui/dialog'
import { bindCard } from './binding'
import { FindSheet } from './find-panel'
import type { GateActions } from './gate-actions'
import { NewHousehold } from './new-household'

/** A printed card is given to a household: find it, tap it, done; offline too. */
export function BindPanel({ cardId, actions }: { readonly cardId: CardId; readonly actions: GateActions }) {
  const services = useServices()
  const [household, setHousehold] = useState<Household>()
  const [unit, setUnit] = useState<string>()
  const [problem, setProblem] = useState<StorageError>()

  const bind = async (chosen: Household, takeOldBack: boolean) => {
    const bound = await bindCard(services, cardId, chosen, takeOldBack)
    give(bound.ok ? 'saved' : 'failed', services.preferences.value)
    if (!bound.ok) return setProblem(bound.error)
    actions.household({ ...chosen, cards: [] }, { way: 'card', cardId })
  }

  return (
    <>
      <FindSheet
        title={t('gate.bind-title')}
        heading={t('gate.bind-heading', { code: shortCodeOf(cardId) })}
        onPick={({ household: found }) => setHousehold(found)}
        {...(services.post.value.compoundId ? { onNew: setUnit } : {})}
        foot={
          <Button tall wide onClick={actions.back}>
            {t('common.back')}
          </Button>
        }
      />
      {unit !== undefined && (
        <NewHousehold
          unit={unit}
          cardId={cardId}
          onMade={(made) => actions.household(made, { way: 'card', cardId })}
          onClose={() => setUnit(undefined)}
        />
      )}
      {household && (
        <Dialog title={t('gate.bind-confirm', { unit: unitText(household.address) })} onClose={() => setHousehold(undefined)}>
          <p>{household.residents.map(({ name }) => maskName(name)).join(' ')}</p>
          {problem && (
            <p class="field-error" role="alert">
              {t(STORAGE_WORDS[problem.kind].todo)}
            </p>
          )}
          <Button look="main" tall wide onClick={() => void bind(household, false)}>
            {t('gate.bind-do')}
          </Button>
          {household.cards.some(({ kind, state }) => kind === 'household' && state === 'valid') && (
            <Button tall wide onClick={() => void bind(household, true)}>
              {t('gate.bind-replace')}
            </Button>
          )}
          <Button look="quiet" wide onClick={() => setHousehold(undefined)}>
            {t('common.cancel')}
          </Button>
        </Dialog>
      )}
    </>
  )
}
