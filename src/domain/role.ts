/** What somebody may be allowed to do. */
export const RIGHTS = [
  'record',
  'bind-cards',
  'import-roster',
  'see-devices',
  'invite',
  'switch-off',
  'reset-pin',
  'issue-cards',
  'decide-quarantine',
  'change-roles',
  'read-trail',
  'export-full',
] as const
export type Right = (typeof RIGHTS)[number]

interface RoleRow {
  /** Who handles others, handles those of a lower rank. */
  readonly rank: number
  readonly rights: readonly Right[]
}

/** Who may do what, inside of their scope: a role is a row. */
const ROLE_TABLE = {
  volunteer: { rank: 1, rights: ['record', 'bind-cards'] },
  lead: { rank: 2, rights: ['record', 'bind-cards', 'import-roster', 'see-devices', 'invite', 'switch-off', 'reset-pin', 'export-full'] },
  admin: { rank: 9, rights: RIGHTS },
} as const satisfies Record<string, RoleRow>

export type Role = keyof typeof ROLE_TABLE
export const ROLES = Object.keys(ROLE_TABLE) as [Role, ...Role[]]

export function may(role: Role, right: Right): boolean {
  const { rights }: RoleRow = ROLE_TABLE[role]
  return rights.includes(right)
}

/** Whether a role may invite, switch off or change somebody of another: below their own, and the highest also their like. */
export function mayHandle(role: Role, other: Role): boolean {
  const highest = Math.max(...ROLES.map((each) => ROLE_TABLE[each].rank))
  return ROLE_TABLE[role].rank > ROLE_TABLE[other].rank || ROLE_TABLE[role].rank === highest
}
