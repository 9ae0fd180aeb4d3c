import { useId } from 'preact/hooks'
import { t } from '../../i18n/translate'

export interface Column {
  readonly index: number
  /** The file's own heading, or empty. */
  readonly heading: string
  /** What stands in its first filled row. */
  readonly sample: string
}

export interface MappingFieldsProps<Field extends string> {
  readonly fields: readonly { readonly field: Field; readonly label: string; readonly column: number | undefined }[]
  readonly columns: readonly Column[]
  readonly onChange: (field: Field, column: number | undefined) => void
}

/** Which column of the file holds what: guessed, and changeable. */
export function MappingFields<Field extends string>({ fields, columns, onChange }: MappingFieldsProps<Field>) {
  const id = useId()
  return (
    <div class="mapping">
      {fields.map(({ field, label, column }) => (
        <div key={field} class="field mapping-field">
          <label for={`${id}-${field}`}>{label}</label>
          <select
            id={`${id}-${field}`}
            value={column === undefined ? '' : String(column)}
            onChange={({ currentTarget: { value } }) => onChange(field, value === '' ? undefined : Number(value))}
          >
            <option value="">{t('roster.no-column')}</option>
            {columns.map((offered) => (
              <option key={offered.index} value={String(offered.index)}>
                {columnText(offered)}
              </option>
            ))}
          </select>
        </div>
      ))}
    </div>
  )
}

function columnText({ index, heading, sample }: Column): string {
  const name = heading || t('roster.column', { number: index + 1 })
  return sample ? t('roster.column-sample', { name, sample }) : name
}
