import { type ReadonlySignal, signal } from '@preact/signals'
import { buildRosterIndex, LINE_KINDS, type RosterIndex } from '../domain/roster-search'
import type { Codec } from '../storage/codec'
import type { GatepostDatabase } from '../storage/database'
import { loadRevokedCards, loadRoster } from '../storage/roster-store'
import type { RosterState } from './services'

export interface RosterView {
  readonly roster: ReadonlySignal<RosterIndex | undefined>
  readonly state: ReadonlySignal<RosterState>
  readonly revoked: ReadonlySignal<ReadonlySet<string>>
  reload(): Promise<void>
}

/** The roster in memory. While `isHidden` (the server has not seen this phone for too long), it stays sealed. */
export function createRosterView(db: GatepostDatabase, codec: Codec, isHidden: () => boolean): RosterView {
  const roster = signal<RosterIndex | undefined>(undefined)
  const state = signal<RosterState>('loading')
  const revoked = signal<ReadonlySet<string>>(new Set())
  return {
    roster,
    state,
    revoked,
    async reload() {
      const hidden = isHidden()
      revoked.value = await loadRevokedCards(db)
      const index = hidden ? undefined : buildRosterIndex(await loadRoster(db, codec))
      roster.value = index
      state.value = hidden ? 'hidden' : 'here'
      if (index) orderWhenIdle(index)
    },
  }
}

/** Puts the keys in order before somebody types, a kind at a time, while nobody needs the phone. */
function orderWhenIdle(index: RosterIndex): void {
  const idle = globalThis.requestIdleCallback ?? ((run: () => void) => setTimeout(run, 200))
  const [...kinds] = LINE_KINDS
  const next = () => {
    const kind = kinds.shift()
    if (!kind) return
    index.lines(kind)
    idle(next)
  }
  idle(next)
}
