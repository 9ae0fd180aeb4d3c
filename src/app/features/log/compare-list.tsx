import type { Operation } from '../../../domain/operation'
import { clockText } from '../../i18n/format'
import { type PlainKey, t } from '../../i18n/translate'
import type { Held } from './compare-day'

interface List {
  readonly title: string
  readonly records: readonly Held[]
  /** Below a section's own heading: h3. */
  readonly level?: 'h2' | 'h3'
}

/** Records of this phone, each by its time, what it is, and its key. */
export function Listed({ operations, ...list }: Omit<List, 'records'> & { readonly operations: readonly Operation[] }) {
  const records = operations.map(({ key, kind, deviceTime }) => ({ key, kind, at: deviceTime }))
  return <ListedHeld {...list} records={records} />
}

export function ListedHeld({ title, records, level: Heading = 'h2' }: List) {
  if (records.length === 0) return null
  return (
    <section>
      <Heading class="passage-heading">{title}</Heading>
      <ul class="compare-keys">
        {records.map(({ key, kind, at }) => (
          <li key={key}>
            {clockText(Date.parse(at))} · {kindText(kind)} · <code>{key.slice(-8)}</code>
          </li>
        ))}
      </ul>
    </section>
  )
}

const KIND_WORDS = {
  'check-in': 'returned.kind-check-in',
  retest: 'returned.kind-retest',
  'walk-off': 'returned.kind-walk-off',
  void: 'returned.kind-void',
  amend: 'returned.kind-amend',
  'roster-import': 'returned.kind-roster-import',
  'card-binding': 'returned.kind-card-binding',
  'card-revocation': 'returned.kind-card-revocation',
  access: 'returned.kind-access',
  count: 'returned.kind-count',
  'turned-back': 'returned.kind-turned-back',
  arrival: 'returned.kind-arrival',
  'incident-step': 'returned.kind-incident-step',
  request: 'returned.kind-request',
  tip: 'returned.kind-tip',
  'shift-opening': 'returned.kind-shift-opening',
  attendance: 'returned.kind-attendance',
  'hand-over': 'returned.kind-hand-over',
  'notice-read': 'returned.kind-notice-read',
  'household-adding': 'returned.kind-household-adding',
} as const satisfies Record<Operation['kind'], PlainKey>

/** A server that is newer than this build may hold kinds that have no words here. */
const kindText = (kind: string) => (kind in KIND_WORDS ? t(KIND_WORDS[kind as Operation['kind']]) : kind)
