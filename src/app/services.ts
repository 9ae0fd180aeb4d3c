import type { ReadonlySignal } from '@preact/signals'
import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type { CardClaims, CardError } from '../domain/card'
import type { Operation } from '../domain/operation'
import type { Result } from '../domain/result'
import type { RosterIndex } from '../domain/roster-search'
import type { Codec } from '../storage/codec'
import type { Counters } from '../storage/counters'
import type { GatepostDatabase } from '../storage/database'
import type { Clock, Identity } from '../storage/identity'
import type { KeptKeys } from '../storage/lock-store'
import type { Preferences } from '../storage/preferences'
import type { Also, Draft, RecordContext } from '../storage/record'
import type { SealedValues } from '../storage/sealed-values'
import type { ShiftNames } from '../storage/shift-names'
import type { StorageError } from '../storage/storage-error'
import type { SyncStatus } from '../sync/services'
import type { SyncError } from '../sync/sync-error'
import type { PayloadKey } from '../trust/payload'
import type { GenericSchema, InferOutput } from '../wire/read'
import type { KeptView } from './kept-view'
import type { RulesView } from './rules-view'

/** What a person chose on this phone, and who stands at the post. */
export type Choices = Preferences & ShiftNames

/** `hidden`: the server has not seen this phone for too long. */
export type RosterState = 'loading' | 'here' | 'hidden'

/** What an unlocked phone works with; a screen takes it from the context. */
export interface Services extends RulesView {
  readonly db: GatepostDatabase
  readonly codec: Codec
  /** Of what only this phone reads: the roster. */
  readonly ownCodec: Codec
  readonly keys: KeptKeys
  /** Cannot be read out; a worker of our own is handed it, and opens with it what it reports on. */
  readonly dataKey: PayloadKey
  readonly identity: ReadonlySignal<Identity>
  readonly preferences: ReadonlySignal<Choices>
  readonly counters: ReadonlySignal<Counters>
  readonly status: ReadonlySignal<SyncStatus>
  /** What the post keeps beside its records. */
  readonly kept: KeptView
  /** Undefined until the roster has been read into memory. */
  readonly roster: ReadonlySignal<RosterIndex | undefined>
  readonly rosterState: ReadonlySignal<RosterState>
  /** How wrong the phone's clock is, as last measured. */
  readonly clock: ReadonlySignal<Clock>
  /** Set while the last save has failed. */
  readonly unsaved: ReadonlySignal<StorageError | undefined>
  /** Corrected time, ms since 1970: what rules, shifts and records go by. */
  now(): number
  /** Whether a scanned code is a card that holds, by the corrected time and without a network. A post that works by itself takes blank cards only, unverified. */
  checkCard(text: string): Promise<Result<CardClaims, CardError>>
  /** What a record is stamped with at this moment. */
  recordContext(): RecordContext
  /** Keeps operations on this phone, all or none, and wakes the upload. Resolves after the commit. */
  save(drafts: readonly Draft[], also?: Also): Promise<Result<readonly Operation[], StorageError>>
  /** The same, with a value that the post keeps: both or neither. */
  saveWith<Name extends keyof KeptView['values'] & keyof SealedValues>(
    drafts: readonly Draft[],
    name: Name,
    value: SealedValues[Name],
  ): Promise<Result<readonly Operation[], StorageError>>
  /** Keeps a value without a record. */
  keep<Name extends keyof KeptView['values'] & keyof SealedValues>(
    name: Name,
    value: SealedValues[Name],
  ): Promise<Result<void, StorageError>>
  /** A person has told what time it is: ms to add to the phone's. */
  confirmClock(offset: number): Promise<Result<void, StorageError>>
  /** Reads the counters anew: after what changed them without `save`. */
  refreshCounters(): Promise<void>
  /** Reads the roster anew: after an import on this phone. */
  reloadRoster(): Promise<void>
  /** Sends and fetches now; resolves when that run has ended. */
  syncNow(): Promise<void>
  /** How many of this phone's operations the server holds. */
  heldByServer(): Promise<Result<number, SyncError>>
  /** Asks the server for its time. */
  measureClock(): Promise<Result<Clock, SyncError>>
  /** Asks the server as who looks after the community. */
  ask<Schema extends GenericSchema>(schema: Schema, path: string, body?: object): Promise<Result<InferOutput<Schema>, SyncError>>
  /** Drops all keys: the PIN is asked for next. */
  lock(): void
  /** Deletes everything here, and tells the server. Refused while something is unsent: how many that are. */
  signOut(): Promise<Result<void, { readonly kind: 'unsent'; readonly count: number }>>
  /** A local post has joined a server: its upload begins. */
  join(identity: Identity): Promise<void>
  changeIdentity(part: Partial<Identity>): Promise<Result<void, StorageError>>
  changePreferences(part: Partial<Choices>): Promise<Result<void, StorageError>>
}

export const ServicesContext = createContext<Services | undefined>(undefined)

export function useServices(): Services {
  const services = useContext(ServicesContext)
  if (!services) throw new Error('useServices: no ServicesContext above this component')
  return services
}
