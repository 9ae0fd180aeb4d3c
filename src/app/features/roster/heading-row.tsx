import { useId } from 'preact/hooks'
import { t } from '../../i18n/translate'

export interface HeadingRowProps {
  readonly headingRows: number
  readonly onChange: (headingRows: number) => void
}

const ROWS = [0, 1, 2, 3, 4, 5] as const

/** In which row the headings stand; what is above them is no person. */
export function HeadingRow({ headingRows, onChange }: HeadingRowProps) {
  const id = useId()
  return (
    <div class="field mapping-field">
      <label for={id}>{t('roster.headings')}</label>
      <select id={id} value={String(headingRows)} onChange={({ currentTarget: { value } }) => onChange(Number(value))}>
        {ROWS.map((row) => (
          <option key={row} value={String(row)}>
            {row === 0 ? t('roster.headings-none') : t('roster.row', { row })}
          </option>
        ))}
      </select>
    </div>
  )
}
