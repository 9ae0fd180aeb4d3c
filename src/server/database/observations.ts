import type { Pool } from 'pg'
import type { CommunityId, CompoundId, HouseholdId, ResidentId } from '../../domain/ids'
import type { Observation } from '../../domain/observation'
import type { ObservedCount } from '../../domain/report'
import { CHINA, type Day } from '../../domain/time'
import { addChanges } from './changes'
import { addToTrail } from './trail'
import { transaction } from './transaction'

export interface ObservedIn extends Observation {
  readonly compoundId: CompoundId
}

/** Those under observation in these compounds whose time is not over. `today`: the calendar day in China. */
export async function observationsIn(
  db: Pick<Pool, 'query'>,
  communityId: CommunityId,
  compoundIds: readonly CompoundId[],
  today: Day,
): Promise<Observation[]> {
  const { rows } = await db.query<{ resident_id: ResidentId; household_id: HouseholdId; kind: Observation['kind']; until: Day }>(
    `select resident_id, household_id, kind, to_char(until, 'YYYY-MM-DD') as until from observations
     where community_id = $1 and compound_id = any($2) and released_at is null and until > $3 order by resident_id`,
    [communityId, compoundIds, today],
  )
  return rows.map(({ resident_id, household_id, kind, until }) => ({ residentId: resident_id, householdId: household_id, kind, until }))
}

/** How many stood under home observation, began and ended it on a day, by compound: days over too, because what has ended stays in the table. */
export async function observedOn(
  db: Pick<Pool, 'query'>,
  communityId: CommunityId,
  day: Day,
): Promise<ReadonlyMap<CompoundId, Required<ObservedCount>>> {
  const { rows } = await db.query<{ compound_id: CompoundId; standing: string; began: string; ended: string }>(
    `with local as (
       select compound_id, until, (created_at at time zone 'UTC' + $3 * interval '1 minute')::date as begun,
         (released_at at time zone 'UTC' + $3 * interval '1 minute')::date as released
       from observations where community_id = $1 and kind = 'home'
     )
     select compound_id,
       count(*) filter (where begun <= $2 and until > $2 and (released is null or released > $2)) as standing,
       count(*) filter (where begun = $2) as began,
       count(*) filter (where least(until, released) = $2) as ended
     from local group by compound_id`,
    [communityId, day, CHINA],
  )
  return new Map(
    rows.map(({ compound_id, standing, began, ended }) => [
      compound_id,
      { standing: Number(standing), began: Number(began), ended: Number(ended) },
    ]),
  )
}

/** Begins or prolongs observations, and tells the phones of their compounds. */
export async function observe(pool: Pool, communityId: CommunityId, observed: readonly ObservedIn[], actor: string): Promise<void> {
  await transaction(pool, async (client) => {
    for (const { residentId, householdId, compoundId, kind, until } of observed) {
      await client.query(
        `insert into observations (community_id, resident_id, household_id, compound_id, kind, until) values ($1, $2, $3, $4, $5, $6)
         on conflict (community_id, resident_id) do update set
           household_id = excluded.household_id, compound_id = excluded.compound_id, kind = excluded.kind, until = excluded.until, released_at = null,
           created_at = case when observations.released_at is null and observations.until > (now() at time zone 'UTC' + interval '8 hours')::date then observations.created_at else now() end`,
        [communityId, residentId, householdId, compoundId, kind, until],
      )
    }
    await addToTrail(
      client,
      communityId,
      observed.map(({ residentId, until }) => ({ actor, what: 'observation-changed' as const, about: residentId, detail: { until } })),
    )
    const compounds = [...new Set(observed.map(({ compoundId }) => compoundId))]
    await addChanges(
      client,
      communityId,
      compounds.map((compoundId) => ({ unitId: compoundId, kind: 'observations' as const, payload: { compoundId } })),
    )
  })
}

/** Ends an observation before its time. False: there is none. */
export async function release(pool: Pool, communityId: CommunityId, residentId: string, actor: string): Promise<boolean> {
  return transaction(pool, async (client) => {
    const { rows } = await client.query<{ compound_id: string }>(
      'update observations set released_at = now() where community_id = $1 and resident_id = $2 and released_at is null returning compound_id',
      [communityId, residentId],
    )
    const [row] = rows
    if (!row) return false
    await addToTrail(client, communityId, [{ actor, what: 'observation-changed', about: residentId, detail: { word: 'released' } }])
    await addChanges(client, communityId, [{ unitId: row.compound_id, kind: 'observations', payload: { compoundId: row.compound_id } }])
    return true
  })
}
