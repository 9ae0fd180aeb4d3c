import { t } from '../../i18n/translate'
import { Button } from '../../ui/button'
import { Notice } from '../../ui/notice'

const SHOWN = 10

export interface FaultyRow {
  /** As the person's own program counts: the first line of the file is 1. */
  readonly row: number
  readonly text: string
}

export interface FaultyRowsProps {
  readonly rows: readonly FaultyRow[]
  readonly onDownload: () => void
}

/** Which rows cannot be taken, and why, by the number that the file's own program shows. */
export function FaultyRows({ rows, onDownload }: FaultyRowsProps) {
  return (
    <Notice tone="wait" icon="warning" title={t('roster.faulty', { count: rows.length })} announce="status">
      <p>{t('roster.faulty-text')}</p>
      <ul class="faulty-rows">
        {rows.slice(0, SHOWN).map(({ row, text }) => (
          <li key={`${row} ${text}`}>
            <b>{t('roster.row', { row })}</b> {text}
          </li>
        ))}
      </ul>
      {rows.length > SHOWN && <p>{t('roster.more-faulty', { count: rows.length - SHOWN })}</p>}
      <Button icon="file" onClick={onDownload}>
        {t('roster.download')}
      </Button>
    </Notice>
  )
}
