import { type ReadonlySignal, signal } from '@preact/signals'
import type { Told } from '../domain/operation'
import { openMatters } from '../storage/cases'
import type { Codec } from '../storage/codec'
import type { GatepostDatabase, NoticeRow } from '../storage/database'
import { loadNotices } from '../storage/notices'
import { NOBODY_REMEMBERED } from '../storage/remembered'
import { readSealed, type SealedValues } from '../storage/sealed-values'

type Kept = Required<Omit<SealedValues, 'shift-names'>>

/** What the post keeps beside its records, in memory: it is looked at with each passage. */
export interface KeptView {
  readonly values: { readonly [Name in keyof Kept]: ReadonlySignal<Kept[Name]> }
  /** Each open matter's operations: who waits, and incidents; this phone's and the others'. */
  readonly matters: ReadonlySignal<readonly (readonly Told[])[]>
  /** Newest first. */
  readonly notices: ReadonlySignal<readonly NoticeRow[]>
  /** Shows a value that was just written. */
  show<Name extends keyof Kept>(name: Name, value: Kept[Name]): void
  reload(): Promise<void>
  reloadMatters(): Promise<void>
}

export function createKeptView(db: GatepostDatabase, codecs: { readonly facts: Codec; readonly own: Codec }, self: () => string): KeptView {
  const values = {
    shift: signal<Kept['shift']>(undefined),
    observations: signal<Kept['observations']>([]),
    remembered: signal<Kept['remembered']>(NOBODY_REMEMBERED),
    parked: signal<Kept['parked']>([]),
    phones: signal<Kept['phones']>([]),
  }
  const matters = signal<readonly (readonly Told[])[]>([])
  const notices = signal<readonly NoticeRow[]>([])
  const reloadMatters = async () => {
    matters.value = await openMatters(db, { ...codecs, self: self() })
  }
  const show: KeptView['show'] = (name, value) => {
    // The name and the value belong together by the signature.
    const slot: { value: unknown } = values[name]
    slot.value = value
  }
  return {
    values,
    matters,
    notices,
    show,
    reloadMatters,
    async reload() {
      const load = async <Name extends keyof Kept>(name: Name) => {
        const value = await readSealed(db, codecs.own, name)
        if (value !== undefined) show(name, value as Kept[Name])
      }
      await Promise.all([load('shift'), load('observations'), load('remembered'), load('parked'), load('phones'), reloadMatters()])
      notices.value = await loadNotices(db)
    },
  }
}
