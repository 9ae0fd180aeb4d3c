import type { ComponentChildren } from 'preact'
import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import { shortCodeDoubt } from '../../../domain/card'
import type { Post } from '../../../domain/community'
import { maskName, maskPhone, unitText } from '../../../domain/roster'
import { byShortCode, type Found, findResidents, type RosterIndex } from '../../../domain/roster-search'
import { t } from '../../i18n/translate'
import { useServices } from '../../services'
import { afterPaint } from '../../shell/after-paint'
import { residentWho } from '../../shell/who'
import { Button } from '../../ui/button'
import { Icon } from '../../ui/icon'
import { FindKeys } from './find-keys'
import type { GateActions } from './gate-actions'
import { NewHousehold } from './new-household'
import { LONGEST_SEARCH } from './pasted'
import { useOldCard } from './use-old-card'

const MOST = 30
const AT_FIRST = 6 // as many as show above the keys; the rest follows when these are painted
const FEW_HOUSEHOLDS = 3 // so few are shown with their members, to save a tap

/** 查住户: a few digits or letters, and who it may be. */
export function FindPanel({ actions }: { readonly actions: GateActions }) {
  const { roster, post } = useServices()
  const [unit, setUnit] = useState<string>()
  const pick = ({ household, resident, why }: Found, typed: string) => {
    const holder = why === 'code' && roster.value ? byShortCode(roster.value, typed) : undefined
    if (holder) return void actions.shortCode(holder)
    // The same as if it had been scanned.
    if (why === 'plain-card') return void actions.scanned(typed)
    if (resident) return void actions.person(residentWho(resident, household, { way: 'search' }))
    actions.household(household, { way: 'search' })
  }
  return (
    <>
      <FindSheet
        title={t('gate.find-title')}
        onPick={pick}
        {...(post.value.compoundId ? { onNobody: setUnit } : {})}
        foot={
          <>
            <Button tall onClick={actions.back}>
              {t('common.back')}
            </Button>
            <Button tall onClick={() => actions.go({ at: 'written' })}>
              {t('gate.written')}
            </Button>
          </>
        }
      />
      {unit !== undefined && (
        <NewHousehold
          unit={unit}
          onMade={(household) => actions.household(household, { way: 'search' })}
          onClose={() => setUnit(undefined)}
        />
      )}
    </>
  )
}

export interface FindSheetProps {
  readonly title: string
  /** Stands above the results where it is not plain what is looked for. */
  readonly heading?: string
  readonly onPick: (found: Found, typed: string) => void
  readonly foot: ComponentChildren
  /** What was typed may be somebody whom nobody wrote down yet. */
  readonly onNew?: (typed: string) => void
  /** The same, only where nobody was found. */
  readonly onNobody?: (typed: string) => void
}

/** The keys, what was typed, and whom that may mean. */
export function FindSheet({ title, heading, onPick, foot, onNew, onNobody }: FindSheetProps) {
  const { roster, rosterState, identity } = useServices()
  const { posts } = identity.value
  const [typed, setTyped] = useState('')
  const input = useRef<HTMLInputElement>(null)
  const index = roster.value
  const oldCard = useOldCard(index, typed)
  const found = useMemo(() => {
    const others = index ? withMembers(findResidents(index, typed, MOST)) : []
    return oldCard ? [oldCard, ...others.filter((each) => keyOf(each) !== keyOf(oldCard))] : others
  }, [index, typed, oldCard])
  const drawn = useDrawn(found)
  const makeNew = onNew ?? (index && found.length === 0 ? onNobody : undefined)

  return (
    <div class="gate find">
      <main>
        <div class="find-head">
          <h1 class={heading ? 'find-heading' : 'visually-hidden'}>{heading ?? title}</h1>
          <input
            ref={input}
            class="find-input"
            type="text"
            inputMode="none"
            autocomplete="off"
            value={typed}
            placeholder={t('gate.find-example')}
            aria-label={t('gate.find-label')}
            maxLength={LONGEST_SEARCH}
            onInput={(event) => setTyped(event.currentTarget.value)}
          />
        </div>
        <FindAnswer index={index} hidden={rosterState.value === 'hidden'} typed={typed} count={found.length} />
        <ul class="find-results">
          {found.slice(0, drawn).map((each) => (
            <li key={keyOf(each)}>
              <FoundRow found={each} compound={compoundName(index, posts, each)} onPick={() => onPick(each, typed)} />
            </li>
          ))}
          {makeNew && typed !== '' && (
            <li>
              <Button wide tall icon="plus" onClick={() => makeNew(typed)}>
                {t('gate.new-household', { unit: typed })}
              </Button>
            </li>
          )}
        </ul>
        <FindKeys typed={typed} onType={setTyped} onKeyboard={() => openKeyboard(input.current)} />
      </main>
      <footer class="gate-foot">{foot}</footer>
    </div>
  )
}

const keyOf = ({ resident, household }: Found) => (resident ?? household).id

/** How many of the results to draw: few at once, all after they are painted. */
function useDrawn(found: readonly Found[]): number {
  const [whole, setWhole] = useState<readonly Found[]>()
  useEffect(() => {
    if (found.length > AT_FIRST) afterPaint(() => setWhole(found))
  }, [found])
  return whole === found ? found.length : AT_FIRST
}

/** Lets the phone's own keyboard come, for characters. */
function openKeyboard(input: HTMLInputElement | null): void {
  if (!input) return
  input.inputMode = 'text'
  input.blur()
  input.focus()
}

function withMembers(found: readonly Found[]): readonly Found[] {
  const households = found.filter(({ resident }) => !resident)
  if (households.length > FEW_HOUSEHOLDS) return found
  return found.flatMap((each) => (each.resident ? [each] : [...each.household.residents.map((resident) => ({ ...each, resident })), each]))
}

/** The compound's name, where the phone knows several: 3-2-501 is in each of them. */
function compoundName(index: RosterIndex | undefined, posts: readonly Post[], { household }: Found): string {
  if (!index || index.compoundIds.length < 2) return ''
  const id = index.compoundOf.get(household.id)
  return posts.find(({ compoundId }) => compoundId === id)?.compoundName ?? ''
}

interface FoundRowProps {
  readonly found: Found
  readonly compound: string
  readonly onPick: () => void
}

function FoundRow({ found: { household, resident, why }, compound, onPick }: FoundRowProps) {
  const reason = why === 'phone' ? t('gate.why-phone', { phone: maskPhone(resident?.phone ?? '') }) : t(`gate.why-${why}`)
  return (
    <button type="button" class="found" onClick={onPick}>
      <Icon name={resident ? 'person' : 'household'} />
      <span class="found-name">{resident ? maskName(resident.name) : t('gate.members', { count: household.residents.length })}</span>
      <span class="found-unit">{unitText(household.address)}</span>
      <span class="found-why">{[compound, reason].filter(Boolean).join(' · ')}</span>
    </button>
  )
}

interface FindAnswerProps {
  readonly index: RosterIndex | undefined
  readonly hidden: boolean
  readonly typed: string
  readonly count: number
}

function FindAnswer({ index, hidden, typed, count }: FindAnswerProps) {
  const words = () => {
    if (hidden) return t('gate.find-hidden')
    if (!index) return t('gate.find-loading')
    if (index.households === 0) return `${t('gate.find-empty-roster')}。${t('gate.find-empty-roster-todo')}`
    if (typed === '') return t('gate.find-start')
    if (count > 0) return t('gate.find-count', { count })
    const doubt = shortCodeDoubt(typed)
    if (doubt === 'mistyped') return `${t('gate.find-code-mistyped')}。${t('gate.find-code-mistyped-todo')}`
    return `${doubt === 'unknown' ? t('gate.find-code-unknown') : t('gate.find-none', { typed })}。${t('gate.find-none-todo')}`
  }
  return (
    <p class="find-answer" role="status">
      {words()}
    </p>
  )
}
