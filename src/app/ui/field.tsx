import { useId } from 'preact/hooks'

export interface FieldProps {
  readonly label: string
  readonly value: string
  readonly onInput: (value: string) => void
  readonly hint?: string
  readonly error?: string | undefined
  /** The platform's own picker: a calendar day comes as 2020-02-18, a time as 07:31. */
  readonly type?: 'date' | 'time'
  readonly inputMode?: 'text' | 'numeric' | 'decimal' | 'tel' | 'search'
  readonly autoComplete?: 'off' | 'name' | 'tel'
  readonly maxLength?: number
  /** The last day that can be picked. */
  readonly max?: string
  readonly required?: boolean
}

/** One question: its label, its hint, its error in words beside it. */
export function Field({ label, value, onInput, hint, error, type, max, inputMode, autoComplete = 'off', maxLength, required }: FieldProps) {
  const id = useId()
  const told = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ')
  const asked = {
    id,
    value,
    autocomplete: autoComplete,
    ...(maxLength ? { maxLength } : {}),
    ...(max ? { max } : {}),
    required: required ?? false,
    'aria-invalid': Boolean(error),
    ...(told ? { 'aria-describedby': told } : {}),
    onInput: (event: { readonly currentTarget: HTMLInputElement }) => onInput(event.currentTarget.value),
  }
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
      {type ? <input type={type} {...asked} /> : <input type="text" inputMode={inputMode ?? 'text'} {...asked} />}
    </div>
  )
}
