import { useState } from 'preact/hooks'
import { type Card, type Household, maskName } from '../../../domain/roster'
import type { StorageError } from '../../../storage/storage-error'
import { t } from '../../i18n/translate'
import { useServices } from '../../services'
import { STORAGE_WORDS } from '../../shell/storage-words'
import { Button } from '../../ui/button'
import { Dialog } from '../../ui/dialog'
import { revokeCard } from './binding'

/** A card was lost: it holds no longer, here at once and everywhere once the server has told. */
export function LostCard({ household }: { readonly household: Household }) {
  const services = useServices()
  const known = services.roster.value?.householdById.get(household.id)
  const [asking, setAsking] = useState(false)
  const [off, setOff] = useState<Card>()
  const [problem, setProblem] = useState<StorageError>()
  const cards = known?.cards.filter(({ state }) => state === 'valid') ?? []
  if (!known || (cards.length === 0 && !off)) return null

  const revoke = async (card: Card) => {
    const revoked = await revokeCard(services, card.id, known)
    setProblem(revoked.ok ? undefined : revoked.error)
    if (!revoked.ok) return
    setAsking(false)
    setOff(card)
  }
  const nameOf = ({ residentId }: Card) => {
    const holder = known.residents.find(({ id }) => id === residentId)
    return holder ? maskName(holder.name) : t('gate.lost-household-card')
  }

  return (
    <>
      <p role="status">{off && (off.plain ? t('gate.lost-done-plain') : t('gate.lost-done', { code: off.shortCode }))}</p>
      {cards.length > 0 && (
        <Button look="quiet" icon="card" onClick={() => setAsking(true)}>
          {t('gate.lost')}
        </Button>
      )}
      {asking && (
        <Dialog title={t('gate.lost-which')} onClose={() => setAsking(false)}>
          <p>{t('gate.lost-what')}</p>
          {problem && (
            <p class="field-error" role="alert">
              {t(STORAGE_WORDS[problem.kind].todo)}
            </p>
          )}
          <div class="gate-reasons">
            {cards.map((card) => (
              <Button key={card.id} look="danger" tall wide onClick={() => void revoke(card)}>
                {nameOf(card)} · {card.plain ? t('gate.plain-card') : card.shortCode}
              </Button>
            ))}
            <Button look="quiet" wide onClick={() => setAsking(false)}>
              {t('common.cancel')}
            </Button>
          </div>
        </Dialog>
      )}
    </>
  )
}
