import type { LedgerSource, LedgerWords } from '../../../domain/ledger'
import { t } from '../../i18n/translate'
import type { Services } from '../../services'
import { type Uploads, zoneNow } from './use-day'

const WORDS: LedgerWords = {
  direction: (direction) => t(`direction.${direction}`),
  site: (site) => t(`site.${site}`),
  category(subject, tenure) {
    if (subject === 'written') return t('ledger.category-written')
    if (subject === 'visitor' || subject === 'courier') return t(`ledger.category-${subject}`)
    if (subject === 'unlisted') return t('ledger.category-unlisted')
    return t(tenure === 'tenant' ? 'ledger.category-tenant' : 'ledger.category-owner')
  },
  outcome: (step) => t(`log.state-${step}`),
  notMeasured: (reason) => t('ledger.not-measured', { reason: t(`not-measured.${reason}`) }),
  voided: (reason) => t('ledger.voided', { reason: reason === 'undo' ? t('common.undo') : reason }),
  upload: (state) => t(`log.upload-${state}`),
  clockOff: (minutes) => t('ledger.clock-off', { minutes }),
  exception: (exception) => (exception.kind === 'exception' ? t('ledger.exception', { reason: exception.reason }) : t('ledger.emergency')),
  get inRange() {
    return t('ledger.in-range')
  },
  get late() {
    return t('ledger.late')
  },
  get noMask() {
    return t('ledger.no-mask')
  },
  get duplicate() {
    return t('ledger.duplicate')
  },
  unlisted: '*',
}

/** What the ledger is written from: the phone's own community, roster and outbox. */
export function ledgerSource({ identity, roster }: Services, uploads: Uploads, marks: LedgerSource['marks']): LedgerSource {
  const { community, posts } = identity.value
  const index = roster.value
  return {
    community,
    posts,
    uploads,
    marks,
    zone: zoneNow(),
    words: WORDS,
    residentOf({ checkIn: { subject } }) {
      if (subject.kind === 'resident') return index?.residentById.get(subject.residentId) ?? {}
      const householdId = subject.kind === 'unlisted' || subject.kind === 'visitor' ? subject.householdId : undefined
      const household = householdId && index?.householdById.get(householdId)
      return household ? { household } : {}
    },
  }
}
