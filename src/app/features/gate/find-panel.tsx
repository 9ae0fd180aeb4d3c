import { useMemo, useRef, useState } from 'preact/hooks'
import type { Post } from '../../../domain/community'
import { maskName, maskPhone, unitText } from '../../../domain/roster'
import { byShortCode, type Found, findResidents, type RosterIndex } from '../../../domain/roster-search'
import { t } from '../../i18n/translate'
import { useServices } from '../../services'
import { Button } from '../../ui/button'
import { Icon } from '../../ui/icon'
import { FindKeys } from './find-keys'
import type { GateActions } from './gate-actions'
import { residentWho } from './who'

const MOST = 30
const FEW_HOUSEHOLDS = 3 // so few are shown with their members, to save a tap

/** 查住户: a few digits or letters, and who it may be. */
export function FindPanel({ actions }: { readonly actions: GateActions }) {
  const { roster, identity } = useServices()
  const { posts } = identity.value
  const [typed, setTyped] = useState('')
  const input = useRef<HTMLInputElement>(null)
  const index = roster.value
  const found = useMemo(() => (index ? withMembers(findResidents(index, typed, MOST)) : []), [index, typed])

  const pick = ({ household, resident, why }: Found) => {
    const holder = why === 'code' && index ? byShortCode(index, typed) : undefined
    if (holder) return void actions.holder(holder, 'short-code')
    if (resident) return void actions.person(residentWho(resident, household, { way: 'search' }))
    actions.household(household, { way: 'search' })
  }

  return (
    <div class="gate find">
      <main>
        <div class="find-head">
          <h1 class="visually-hidden">{t('gate.find-title')}</h1>
          <input
            ref={input}
            class="find-input"
            type="text"
            inputMode="none"
            autocomplete="off"
            value={typed}
            placeholder={t('gate.find-example')}
            aria-label={t('gate.find-label')}
            maxLength={20}
            onInput={(event) => setTyped(event.currentTarget.value)}
          />
        </div>
        <FindAnswer index={index} typed={typed} count={found.length} />
        <ul class="find-results">
          {found.map((each) => (
            <li key={(each.resident ?? each.household).id}>
              <FoundRow found={each} compound={compoundName(index, posts, each)} onPick={() => pick(each)} />
            </li>
          ))}
        </ul>
        <FindKeys typed={typed} onType={setTyped} onKeyboard={() => openKeyboard(input.current)} />
      </main>
      <footer class="gate-foot">
        <Button tall onClick={actions.back}>
          {t('common.back')}
        </Button>
        <Button tall onClick={actions.written}>
          {t('gate.written')}
        </Button>
      </footer>
    </div>
  )
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

function FindAnswer({ index, typed, count }: { readonly index: RosterIndex | undefined; readonly typed: string; readonly count: number }) {
  const words = () => {
    if (!index) return t('gate.find-loading')
    if (index.households === 0) return `${t('gate.find-empty-roster')}。${t('gate.find-empty-roster-todo')}`
    if (typed === '') return t('gate.find-start')
    return count === 0 ? `${t('gate.find-none', { typed })}。${t('gate.find-none-todo')}` : t('gate.find-count', { count })
  }
  return (
    <p class="find-answer" role="status">
      {words()}
    </p>
  )
}
