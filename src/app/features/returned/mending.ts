import { isOpenCase } from '../../../domain/case'
import type { OperationKey, PostId } from '../../../domain/ids'
import type { Operation, Told, Unstamped } from '../../../domain/operation'
import { err, type Result } from '../../../domain/result'
import { toldAbout } from '../../../storage/cases'
import { operationsAbout } from '../../../storage/facts'
import { type Rejected, type Replacement, replaceRecords } from '../../../storage/outbox'
import { type StorageError, storageError } from '../../../storage/storage-error'
import type { Services } from '../../services'

const passageOf = (operation: Operation): OperationKey => ('target' in operation ? operation.target : operation.key)

/** Of all that was sent back, what goes with one of it: a passage is not parted from what was said of it. */
export function alongWith(operation: Operation, list: readonly Rejected[]): Operation[] {
  const passage = passageOf(operation)
  const others = list.flatMap(({ operation: each }) => (each.key !== operation.key && passageOf(each) === passage ? [each] : []))
  return others.some(({ key }) => key === passage) || operation.key === passage ? others : others.filter((each) => names(each, operation))
}

/** Records it, and all that goes with it, at another post. */
export function moveTo(services: Services, operation: Operation, list: readonly Rejected[], postId: PostId) {
  const passage = list.find(({ operation: { key } }) => key === passageOf(operation))?.operation ?? operation
  return replace(services, passage, (each) => (each.postId === operation.postId ? { ...each, postId } : each))
}

/** Corrects what it says; what names it goes on naming it. */
export function mendAs(services: Services, mended: Operation) {
  return replace(services, mended, (each) => (each.key === mended.key ? mended : each))
}

/** New records in the place of one and of all that names it, in their order, each at its own time and with its own author. Whether somebody waits is told by how the passage stands then. */
async function replace(
  services: Services,
  operation: Operation,
  change: (operation: Operation) => Operation,
): Promise<Result<readonly Operation[], StorageError>> {
  const { db, codec: facts, ownCodec: own, identity, judgedBy, recordContext } = services
  try {
    const passage = passageOf(operation)
    const all = await toldAbout(db, { facts, own, self: identity.value.deviceId }, passage)
    const going = (await operationsAbout(db, facts, passage)).filter(
      (each) => each.key === operation.key || passage === operation.key || names(each, operation),
    )
    const keys = new Map(going.map(({ key }) => [key, recordContext().randomKey()]))
    const changed = going.map(change)
    const isOpen = isOpenCase(
      [...all.filter(({ key }) => !keys.has(key)), ...changed].map((each) => renamed(each, keys)),
      judgedBy,
    )
    const replacements = changed.map((each, i): Replacement => {
      const { key, deviceTime, clockOffset, operator, postId } = each
      return {
        of: key,
        draft: { operation: unstamped(renamed(each, keys)), ...(i === 0 ? { wait: isOpen ? 'opens' : 'closes' } : {}) },
        context: {
          ...recordContext(),
          deviceNow: Date.parse(deviceTime),
          clockOffset,
          operator,
          postId,
          randomKey: () => keys.get(key) ?? key,
        },
      }
    })
    return await replaceRecords(db, facts, replacements)
  } catch (cause) {
    return err(storageError(cause))
  }
}

/** Whether it is of that one record alone. */
const names = (operation: Operation, { key }: Operation) => 'only' in operation && operation.only === key

function renamed(operation: Told, keys: ReadonlyMap<OperationKey, OperationKey>): Told {
  const now = (key: OperationKey) => keys.get(key) ?? key
  if (!('target' in operation)) return { ...operation, key: now(operation.key) }
  const only = 'only' in operation && operation.only !== undefined ? { only: now(operation.only) } : {}
  return { ...operation, key: now(operation.key), target: now(operation.target), ...only }
}

function unstamped(operation: Operation): Unstamped {
  const {
    key: _key,
    seq: _seq,
    deviceTime: _deviceTime,
    clockOffset: _clockOffset,
    postId: _postId,
    operator: _operator,
    ...rest
  } = operation
  return rest
}
