import { useState } from 'preact/hooks'
import type { DayLog } from '../../../domain/day-log'
import { LEDGER_COLUMNS } from '../../../domain/ledger'
import type { Passage } from '../../../domain/passage'
import type { Day } from '../../../domain/time'
import { t } from '../../i18n/translate'
import { useServices } from '../../services'
import { Button } from '../../ui/button'
import { handOver } from './hand-over-file'
import { ledgerSource } from './ledger-words'
import type { Uploads } from './use-day'

type Outcome =
  | { readonly at: 'idle' }
  | { readonly at: 'making' }
  | { readonly at: 'done'; readonly rows: number; readonly unsent: number }
  | { readonly at: 'failed' }

/** 出入登记台账, masked, as a CSV by the share sheet or as a download; made on the phone, offline too. */
export function ExportLedger({
  day,
  passages,
  marks,
  uploads,
}: {
  readonly day: Day
  readonly passages: readonly Passage[]
  readonly marks: DayLog['marks']
  readonly uploads: Uploads
}) {
  const services = useServices()
  const [outcome, setOutcome] = useState<Outcome>({ at: 'idle' })

  const share = async () => {
    setOutcome({ at: 'making' })
    try {
      const [{ maskedLedger }, { csvOf }] = await Promise.all([import('../../../domain/ledger'), import('../../../files/csv')])
      const rows = maskedLedger(passages, ledgerSource(services, uploads, marks))
      const heading = LEDGER_COLUMNS.map((column) => t(`ledger.${column}`))
      const csv = csvOf(
        heading,
        rows.map((row) => LEDGER_COLUMNS.map((column) => row[column])),
      )
      const name = `${services.identity.value.community.name}_${day.replaceAll('-', '')}_${t('log.whole-day')}_${t('log.ledger-masked')}.csv`
      const logged = await services.save([{ operation: { kind: 'access', what: 'records-exported', about: day, detail: 'ledger-masked' } }])
      if (!logged.ok) return setOutcome({ at: 'failed' })
      await handOver(new File([csv], name.replace(/[\\/:*?"<>|\s]+/g, '_'), { type: 'text/csv' }))
      setOutcome({ at: 'done', rows: rows.length, unsent: passages.filter(({ key }) => uploads.has(key)).length })
    } catch {
      setOutcome({ at: 'failed' })
    }
  }

  return (
    <section class="log-export">
      <Button wide tall icon="share" busy={outcome.at === 'making'} onClick={() => void share()}>
        {t('log.export', { count: passages.length })}
      </Button>
      <p role="status">
        {outcome.at === 'done' && t('log.exported', { count: outcome.rows })}
        {outcome.at === 'done' && outcome.unsent > 0 && ` ${t('log.exported-unsent', { count: outcome.unsent })}`}
        {outcome.at === 'failed' && t('log.export-failed')}
      </p>
    </section>
  )
}
