import { useEffect, useState } from 'preact/hooks'
import type { CompoundId, ResidentId } from '../../../../domain/ids'
import { type Household, maskName, unitText } from '../../../../domain/roster'
import type { RosterIndex } from '../../../../domain/roster-search'
import { lastSubjects } from '../../../../storage/facts'
import { t } from '../../../i18n/translate'
import { useServices } from '../../../services'
import { residentWho } from '../../../shell/who'
import type { GateActions } from '../gate-actions'

const RECENT = 6
const HOUSEHOLDS = 60 // a village; a compound's are looked for by number

/** Recent people and household tiles: no camera, no typing. */
export function People({ actions }: { readonly actions: GateActions }) {
  const { roster, counters, post } = useServices()
  const recent = useRecent(counters.value.lastSeq)
  const index = roster.value
  const { compoundId } = post.value
  const households = index ? firstHouseholds(index, compoundId) : []
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
    </div>
  )
}

/** Who passed last, each once; from the facts, so that a restart forgets nobody. */
function useRecent(saves: number): readonly ResidentId[] {
  const { db } = useServices()
  const [recent, setRecent] = useState<readonly ResidentId[]>([])
  useEffect(() => {
    let current = true
    lastSubjects(db, RECENT).then(
      (ids) => current && setRecent(ids),
      () => undefined, // an unreadable database is told by the next save
    )
    return () => {
      current = false
    }
  }, [db, saves])
  return recent
}

const BY_NUMBER = new Intl.Collator('zh-CN', { numeric: true })
const sorted = new WeakMap<RosterIndex, { readonly compoundId: CompoundId | undefined; readonly households: readonly Household[] }>()

/** The post's households by their numbers; put in order once for a roster, because a compound has thousands. */
function firstHouseholds(index: RosterIndex, compoundId: CompoundId | undefined): readonly Household[] {
  const known = sorted.get(index)
  if (known && known.compoundId === compoundId) return known.households
  const households = index.allHouseholds
    .filter(({ id }) => compoundId === undefined || index.compoundOf.get(id) === compoundId)
    .map((household) => ({ household, name: unitText(household.address) }))
    .sort((a, b) => BY_NUMBER.compare(a.name, b.name))
    .slice(0, HOUSEHOLDS)
    .map(({ household }) => household)
  sorted.set(index, { compoundId, households })
  return households
}
