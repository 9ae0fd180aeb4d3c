import { useEffect, useState } from 'preact/hooks'
import type { ResidentId } from '../../../../domain/ids'
import { type Household, maskName, unitText } from '../../../../domain/roster'
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
  const isHere = ({ id }: Household) => compoundId === undefined || index?.compoundOf.get(id) === compoundId
  const households = index ? index.allHouseholds.filter(isHere).sort(byNumber).slice(0, HOUSEHOLDS) : []
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

function byNumber({ address: a }: Household, { address: b }: Household): number {
  return unitText(a).localeCompare(unitText(b), 'zh-CN', { numeric: true })
}
