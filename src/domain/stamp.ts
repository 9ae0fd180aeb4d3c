import type { OperationKey, PostId } from './ids'

/** What every operation carries. */
export interface Stamp {
  readonly key: OperationKey
  /** 1, 2, 3 … on this device: the order of its operations, whatever its clock says. */
  readonly seq: number
  /** The device's own time, ISO 8601 with offset: 2020-02-18T07:31:05.120+08:00. */
  readonly deviceTime: string
  /** ms to add to `deviceTime` for the corrected time, as last measured or confirmed. */
  readonly clockOffset: number
  readonly postId: PostId
  /** The name on the shift list, or empty. */
  readonly operator: string
}
