import { useId } from 'preact/hooks'

export interface FieldProps {
  readonly label: string
  readonly value: string
  readonly onInput: (value: string) => void
  readonly hint?: string
  readonly error?: string | undefined
  readonly inputMode?: 'text' | 'numeric' | 'decimal' | 'tel' | 'search'
  readonly autoComplete?: 'off' | 'name' | 'tel'
  readonly maxLength?: number
  /** A calendar day comes from the platform's own picker, as 2020-02-18. */
  readonly type?: 'text' | 'date'
  /** The last day that can be picked. */
  readonly max?: string
  readonly required?: boolean
}

/** One question: its label, its hint, its error in words beside it. */
export function Field({
  label,
  value,
  onInput,
  hint,
  error,
  inputMode,
  autoComplete = 'off',
  maxLength,
  type = 'text',
  max,
  required,
}: FieldProps) {
  const id = useId()
  const told = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ')
  return (
    <div class={error ? 'field field-wrong' : 'field'}>
      <label for={id}>{label}</label>
      {hint && (
        <p class="field-hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {error && (
        <p class="field-error" id={`${id}-error`} role="alert">
          {error}
        </p>
      )}
      <input
        id={id}
        {...(type === 'date' ? { type } : { type })}
        value={value}
        inputMode={inputMode ?? 'text'}
        autocomplete={autoComplete}
        {...(maxLength ? { maxLength } : {})}
        {...(max ? { max } : {})}
        required={required ?? false}
        aria-invalid={Boolean(error)}
        {...(told ? { 'aria-describedby': told } : {})}
        onInput={(event) => onInput(event.currentTarget.value)}
      />
    </div>
  )
}
