import { useMemo } from 'preact/hooks'
import type { HouseholdId, ResidentId } from '../../../domain/ids'
import { maskName, unitText } from '../../../domain/roster'
import type { RosterIndex } from '../../../domain/roster-search'
import { CHINA, isoWithOffset } from '../../../domain/time'
import type { PrintedCard } from '../../../wire/desk'
import { t } from '../../i18n/translate'
import { useServices } from '../../services'
import { Button } from '../../ui/button'
import { QrCode } from '../../ui/qr-code'
import { Screen } from '../../ui/screen'
import './print.css'
import { readableMask } from './readable-mask'

export interface CardSheetProps {
  readonly cards: readonly PrintedCard[]
  readonly names: 'none' | 'masked'
  readonly onBack: () => void
}

/** A4 with cut marks, eight cards a page, each code 34 mm; what stands on one tells a finder nothing but where to bring it. */
export function CardSheet({ cards, names, onBack }: CardSheetProps) {
  const { identity, roster } = useServices()
  const { name } = identity.value.community
  return (
    <Screen
      title={t('manage.cards-ready', { count: cards.length })}
      foot={
        <>
          <Button tall onClick={onBack}>
            {t('common.back')}
          </Button>
          <Button look="main" tall icon="printer" onClick={() => print()}>
            {t('manage.print-do')}
          </Button>
        </>
      }
    >
      <p class="no-print">{t('manage.cards-ready-what')}</p>
      <div class="sheet">
        {cards.map((card) => (
          <article key={card.shortCode} class="sheet-card">
            <div>
              <h2>{name}</h2>
              <p class="sheet-kind">{t(`manage.card-${card.kind}`)}</p>
              {names === 'masked' && <p class="sheet-name">{nameOf(card, roster.value)}</p>}
              {card.kind === 'blank' && <p class="sheet-line" />}
              <p class="sheet-until">
                {t('manage.card-until', { day: isoWithOffset(Date.parse(card.expiresAt) - 1, CHINA).slice(0, 10) })}
              </p>
            </div>
            <figure>
              <CardCode card={card} />
              <figcaption>{card.shortCode}</figcaption>
            </figure>
          </article>
        ))}
      </div>
    </Screen>
  )
}

/** Of the eight pictures of its code the one that a gate reads. */
function CardCode({ card: { code, shortCode } }: { readonly card: PrintedCard }) {
  const mask = useMemo(() => readableMask(code), [code])
  return <QrCode text={code} label={shortCode} {...(mask === undefined ? {} : { mask })} />
}

/** Masked, and without the home: a lost card must not lead to a door. */
function nameOf({ householdId, residentId }: PrintedCard, roster: RosterIndex | undefined): string {
  const resident = residentId && roster?.residentById.get(residentId as ResidentId)?.resident
  if (resident) return maskName(resident.name)
  const household = householdId && roster?.householdById.get(householdId as HouseholdId)
  return household ? unitText({ ...household.address, room: '*' }) : ''
}
