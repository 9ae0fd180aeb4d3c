import { placeOf } from '../../../domain/community'
import type { OperationKey } from '../../../domain/ids'
import { err, ok, type Result } from '../../../domain/result'
import type { Supplies, VolunteerKind } from '../../../domain/shift'
import { isoWithOffset } from '../../../domain/time'
import type { Draft } from '../../../storage/record'
import type { StorageError } from '../../../storage/storage-error'
import type { Services } from '../../services'
import { whoOf } from '../../shell/who'
import { phonesLeft } from './phones-left'
import type { ShiftSum } from './shift-sum'
import { signing } from './sign'

export interface Signed {
  readonly from: string
  /** Undefined: 无人接班. */
  readonly to?: { readonly name: string; readonly as: VolunteerKind }
  /** Of the others, who stands on in the next shift; the rest go home. */
  readonly staying: readonly string[]
  readonly supplies: Supplies
  readonly words: string
}

/** Keeps the hand-over, who left and who came, and that the shift is over: all or none. From then on the receiver's name goes on the records. Resolves to the hand-over's key. */
export async function handOver(services: Services, sum: ShiftSum, signed: Signed): Promise<Result<OperationKey | undefined, StorageError>> {
  const { from, to, staying, supplies, words } = signed
  const { kept, preferences, saveWith, changePreferences } = services
  const { operators, kinds } = preferences.value
  const shift = kept.values.shift.value?.name ?? ''
  const operation = {
    kind: 'hand-over',
    shift,
    from,
    ...(to ? { to: to.name } : {}),
    counts: sum.counts,
    supplies,
    phones: phonesLeft(services),
    open: openLeft(services, sum),
    ...(words ? { words } : {}),
  } as const
  // Where nobody comes, nobody is there.
  const here = to ? [...operators.filter((name) => name !== to.name && staying.includes(name)), to.name] : []
  const leaving = operators.filter((name) => !here.includes(name))
  const comes = to !== undefined && !operators.includes(to.name)
  const drafts: Draft[] = [
    { operation },
    // They stood in the shift that ends here, however late that is.
    ...leaving.map((name) => ({ operation: { ...signing(services, name, kinds?.[name] ?? 'other', 'out'), ...(shift ? { shift } : {}) } })),
    ...(comes ? [{ operation: signing(services, to.name, to.as, 'in') }] : []),
  ]
  const saved = await saveWith(drafts, 'shift', undefined)
  if (!saved.ok) return err(saved.error)
  await changePreferences({
    operator: to?.name ?? '',
    operators: here,
    ...(comes ? { kinds: { ...kinds, [to.name]: to.as } } : {}),
  })
  return ok(saved.value.find(({ kind }) => kind === 'hand-over')?.key)
}

function openLeft({ roster, post }: Services, { open }: ShiftSum) {
  const zone = -new Date().getTimezoneOffset()
  return open.map(({ kind, passage: { key, at, checkIn } }) => ({
    kind,
    passage: key,
    since: isoWithOffset(at, zone),
    place: whoOf(checkIn.subject, checkIn.way, roster.value).unit || placeOf(post.value),
  }))
}
