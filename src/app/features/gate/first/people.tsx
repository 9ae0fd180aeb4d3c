import { useEffect, useState } from 'preact/hooks'
import type { CompoundId, ResidentId } from '../../../../domain/ids'
import { type Household, maskName, unitText } from '../../../../domain/roster'
import type { RosterIndex } from '../../../../domain/roster-search'
import { lastSubjects } from '../../../../storage/facts'
import { t } from '../../../i18n/translate'
import { useServices } from '../../../services'
import { residentWho } from '../../../shell/who'
import { Button } from '../../../ui/button'
import { Notice } from '../../../ui/notice'
import type { GateActions } from '../gate-actions'
import { NewHousehold } from '../new-household'

const RECENT = 6
const HOUSEHOLDS = 60 // a village; a compound's are looked for by number

/** Recent people and household tiles: no camera, no typing. */
export function People({ actions }: { readonly actions: GateActions }) {
  const { roster, rosterState, counters, post } = useServices()
  const [making, make] = useState(false)
  const index = roster.value
  const recent = useRecent(index, counters.value.lastSeq)
  const { compoundId } = post.value
  const { all, first: households } = index ? firstHouseholds(index, compoundId) : NO_HOUSEHOLDS
  if (rosterState.value === 'hidden') return <HiddenRoster actions={actions} />
  return (
    <div class="people">
      {recent.length > 0 && index && (
        <>
          <h2 class="people-title">{t('first.recent')}</h2>
          <ul class="tiles tiles-small">
            {recent.flatMap((id) => {
              const known = index.residentById.get(id)
              if (!known) return []
              const { resident, household } = known
              return (
                <li key={id}>
                  <button type="button" class="tile" onClick={() => void actions.person(residentWho(resident, household, { way: 'tile' }))}>
                    {maskName(resident.name)} <small>{unitText(household.address)}</small>
                  </button>
                </li>
              )
            })}
          </ul>
        </>
      )}
      <h2 class="people-title">{t('first.households')}</h2>
      {index && households.length === 0 && <p class="soft">{t('first.no-roster')}</p>}
      <ul class="tiles tiles-small">
        {households.map((household) => (
          <li key={household.id}>
            <button type="button" class="tile" onClick={() => actions.household(household, { way: 'tile' })}>
              {unitText(household.address)}
            </button>
          </li>
        ))}
      </ul>
      {all > households.length && (
        <Button wide tall icon="search" onClick={() => actions.go({ at: 'find' })}>
          {t('first.more-households', { count: all - households.length })}
        </Button>
      )}
      {index && compoundId && (
        <Button wide icon="plus" onClick={() => make(true)}>
          {t('first.new-household')}
        </Button>
      )}
      {making && <NewHousehold unit="" onMade={(household) => actions.household(household, { way: 'tile' })} onClose={() => make(false)} />}
    </div>
  )
}

/** The server has not seen this phone for a week: what that means, and how people pass meanwhile. */
function HiddenRoster({ actions }: { readonly actions: GateActions }) {
  return (
    <div class="people">
      <Notice tone="wait" icon="lock" title={t('gate.problem-roster-hidden')} announce="status">
        <p>{t('gate.problem-roster-hidden-todo')}</p>
        <Button look="main" wide tall icon="edit" onClick={() => actions.go({ at: 'written' })}>
          {t('gate.written')}
        </Button>
      </Notice>
    </div>
  )
}

/** Who passed last, each once; from the facts, so that a restart forgets nobody. */
function useRecent(index: RosterIndex | undefined, saves: number): readonly ResidentId[] {
  const { db } = useServices()
  const [recent, setRecent] = useState<readonly ResidentId[]>([])
  useEffect(() => {
    if (!index) return
    let current = true
    lastSubjects(db, index, RECENT).then(
      (ids) => current && setRecent(ids),
      () => undefined, // an unreadable database is told by the next save
    )
    return () => {
      current = false
    }
  }, [db, index, saves])
  return recent
}

const BY_NUMBER = new Intl.Collator('zh-CN', { numeric: true })
interface FirstHouseholds {
  /** How many there are. */
  readonly all: number
  readonly first: readonly Household[]
}
const NO_HOUSEHOLDS: FirstHouseholds = { all: 0, first: [] }
const sorted = new WeakMap<RosterIndex, FirstHouseholds & { readonly compoundId: CompoundId | undefined }>()

/** The post's households by their numbers; put in order once for a roster, because a compound has thousands. */
function firstHouseholds(index: RosterIndex, compoundId: CompoundId | undefined): FirstHouseholds {
  const known = sorted.get(index)
  if (known && known.compoundId === compoundId) return known
  const own = index.allHouseholds.filter(({ id }) => compoundId === undefined || index.compoundOf.get(id) === compoundId)
  const first = own
    .map((household) => ({ household, name: unitText(household.address) }))
    .sort((a, b) => BY_NUMBER.compare(a.name, b.name))
    .slice(0, HOUSEHOLDS)
    .map(({ household }) => household)
  const households = { all: own.length, first, compoundId }
  sorted.set(index, households)
  return households
}
