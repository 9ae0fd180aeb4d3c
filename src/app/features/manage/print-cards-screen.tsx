import { useState } from 'preact/hooks'
import type { CompoundId } from '../../../domain/ids'
import type { SyncError } from '../../../sync/sync-error'
import { CardsResponse, type PrintedCard } from '../../../wire/desk'
import { PATHS } from '../../../wire/protocol'
import { t } from '../../i18n/translate'
import { useServices } from '../../services'
import { Button } from '../../ui/button'
import { Choice } from '../../ui/choice'
import { Field } from '../../ui/field'
import { Notice } from '../../ui/notice'
import { Screen } from '../../ui/screen'
import { AskProblem } from './ask-problem'
import { CardSheet } from './card-sheet'
import './manage.css'

type Order = 'households' | 'residents' | 'blank'
const MOST_BLANK = 200

/** Cards for a compound: made by the server, printed here, a sheet at a time or one. */
export function PrintCardsScreen() {
  const { identity, roster, ask } = useServices()
  const compounds = [
    ...new Map(identity.value.posts.flatMap(({ compoundId, compoundName }) => (compoundId ? [[compoundId, compoundName] as const] : []))),
  ]
  const [compoundId, setCompoundId] = useState<CompoundId | undefined>(compounds[0]?.[0])
  const [order, setOrder] = useState<Order>('blank')
  const [count, setCount] = useState('12')
  const [unit, setUnit] = useState('')
  const [names, setNames] = useState<'none' | 'masked'>('none')
  const [again, setAgain] = useState<'wanting' | 'all'>('wanting')
  const [cards, setCards] = useState<readonly PrintedCard[]>()
  const [problem, setProblem] = useState<SyncError>()
  const [busy, setBusy] = useState(false)
  const blanks = Number(count)
  const wrongCount = order === 'blank' && !(Number.isInteger(blanks) && blanks >= 1 && blanks <= MOST_BLANK)
  const chosen = order === 'blank' || unit.trim() === '' ? undefined : householdsAt(roster.value?.allHouseholds ?? [], unit)

  const make = async () => {
    setBusy(true)
    const answer = await ask(CardsResponse, PATHS.cards, {
      compoundId,
      order,
      ...(order === 'blank' ? { count: blanks } : { again: again === 'all' }),
      ...(chosen ? { householdIds: chosen } : {}),
    })
    setBusy(false)
    setProblem(answer.ok ? undefined : answer.error)
    if (answer.ok) setCards(answer.value.cards)
  }

  if (cards && cards.length > 0) return <CardSheet cards={cards} names={names} onBack={() => setCards(undefined)} />
  return (
    <Screen
      title={t('manage.to-cards')}
      back={{ href: '/manage', label: t('common.back') }}
      foot={
        <Button look="main" tall wide busy={busy} disabled={wrongCount || chosen?.length === 0 || !compoundId} onClick={() => void make()}>
          {t('manage.cards-do')}
        </Button>
      }
    >
      {problem && <AskProblem error={problem} />}
      {cards?.length === 0 && <Notice tone="plain" title={t('manage.cards-none')} announce="status" />}
      {compounds.length > 1 && (
        <Choice
          legend={t('manage.cards-compound')}
          value={compoundId}
          onChange={setCompoundId}
          options={compounds.map(([value, label]) => ({ value, label }))}
        />
      )}
      <Choice
        legend={t('manage.cards-order')}
        value={order}
        onChange={setOrder}
        options={(['blank', 'households', 'residents'] as const).map((value) => ({
          value,
          label: t(`manage.cards-${value}`),
          hint: t(`manage.cards-${value}-hint`),
        }))}
      />
      {order === 'blank' ? (
        <Field
          label={t('manage.cards-count')}
          value={count}
          onInput={setCount}
          inputMode="numeric"
          maxLength={3}
          error={wrongCount ? t('manage.cards-count-wrong', { most: MOST_BLANK }) : undefined}
        />
      ) : (
        <>
          <Field
            label={t('manage.cards-unit')}
            hint={t('manage.cards-unit-hint')}
            value={unit}
            onInput={setUnit}
            maxLength={20}
            error={chosen?.length === 0 ? t('manage.cards-unit-none') : undefined}
          />
          <Choice
            legend={t('manage.cards-which')}
            row
            value={again}
            onChange={setAgain}
            options={[
              { value: 'wanting', label: t('manage.cards-wanting') },
              { value: 'all', label: t('manage.cards-all') },
            ]}
          />
          <Choice
            legend={t('manage.cards-names')}
            row
            value={names}
            onChange={setNames}
            options={[
              { value: 'none', label: t('manage.cards-names-none') },
              { value: 'masked', label: t('manage.cards-names-masked') },
            ]}
          />
        </>
      )}
    </Screen>
  )
}

/** The homes that begin with what was typed: 3, 3-2, 3-2-501. */
function householdsAt(
  households: readonly { readonly id: string; readonly address: { building: string; unit: string; room: string } }[],
  typed: string,
) {
  const wanted = typed.split(/\D+/).filter(Boolean)
  return households
    .filter(({ address }) => {
      const parts = [address.building, address.unit, address.room].filter(Boolean)
      return wanted.length > 0 && wanted.every((part, i) => parts[i] === part)
    })
    .map(({ id }) => id)
}
