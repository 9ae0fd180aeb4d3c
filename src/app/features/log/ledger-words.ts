import type { LedgerSource, LedgerWords } from '../../../domain/ledger'
import { t } from '../../i18n/translate'
import type { Services } from '../../services'
import { type Uploads, zoneNow } from './use-day'

const WORDS: LedgerWords = {
  direction: (direction) => t(`direction.${direction}`),
  site: (site) => t(`site.${site}`),
  category(subject, tenure) {
    if (subject === 'written') return t('ledger.category-written')
    if (subject === 'unlisted') return t('ledger.category-unlisted')
    return t(tenure === 'tenant' ? 'ledger.category-tenant' : 'ledger.category-owner')
  },
  outcome: (step) => t(`log.state-${step}`),
  notMeasured: (reason) => t('ledger.not-measured', { reason: t(`not-measured.${reason}`) }),
  voided: (reason) => t('ledger.voided', { reason: reason === 'undo' ? t('common.undo') : reason }),
  upload: (state) => t(`log.upload-${state}`),
  clockOff: (minutes) => t('ledger.clock-off', { minutes }),
  unlisted: '*',
}

/** What the ledger is written from: the phone's own community, roster and outbox. */
export function ledgerSource({ identity, roster }: Services, uploads: Uploads): LedgerSource {
  const { community, posts } = identity.value
  const index = roster.value
  return {
    community,
    posts,
    uploads,
    zone: zoneNow(),
    words: WORDS,
    residentOf({ checkIn: { subject } }) {
      if (subject.kind === 'resident') return index?.residentById.get(subject.residentId) ?? {}
      const household = subject.kind === 'unlisted' ? index?.householdById.get(subject.householdId) : undefined
      return household ? { household } : {}
    },
  }
}
