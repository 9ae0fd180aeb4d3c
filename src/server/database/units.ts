import type { Pool } from 'pg'
import type { CommunityId } from '../../domain/ids'
import type { UnitKind } from './communities'

/** True where all of these places lie at or below a unit. */
export async function unitsWithin(pool: Pool, communityId: CommunityId, unitId: string, asked: readonly string[]): Promise<boolean> {
  if (asked.length === 0) return true
  const { rows } = await pool.query<{ unit_id: string }>(`${BELOW} select unit_id from below where unit_id = any($3)`, [
    communityId,
    unitId,
    [...new Set(asked)],
  ])
  return rows.length === new Set(asked).size
}

export interface Place {
  readonly id: string
  readonly parentId?: string
  readonly kind: UnitKind
  readonly name: string
}

/** The places at and below a unit. */
export async function placesBelow(pool: Pool, communityId: CommunityId, unitId: string): Promise<Place[]> {
  const { rows } = await pool.query(`${BELOW} select unit_id, parent_id, kind, name from below order by kind, name, unit_id`, [
    communityId,
    unitId,
  ])
  return rows.map((row) => ({ id: row.unit_id, kind: row.kind, name: row.name, ...(row.parent_id ? { parentId: row.parent_id } : {}) }))
}

const BELOW = `
  with recursive below as (
    select unit_id, parent_id, kind, name from units where community_id = $1 and unit_id = $2
    union all
    select u.unit_id, u.parent_id, u.kind, u.name from units u join below b on u.parent_id = b.unit_id where u.community_id = $1
  )`
