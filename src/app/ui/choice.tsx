import { useId } from 'preact/hooks'

export interface ChoiceProps<Value extends string> {
  readonly legend: string
  readonly options: readonly { readonly value: Value; readonly label: string; readonly hint?: string }[]
  readonly value: Value | undefined
  readonly onChange: (value: Value) => void
  /** Side by side, for two or three short ones. */
  readonly row?: boolean
  readonly error?: string | undefined
}

/** A few big answers instead of a select. */
export function Choice<Value extends string>({ legend, options, value, onChange, row, error }: ChoiceProps<Value>) {
  const name = useId()
  return (
    <fieldset class={row ? 'choice choice-row' : 'choice'}>
      <legend>
        {legend}
        {error && (
          <span class="field-error" role="alert">
            {error}
          </span>
        )}
      </legend>
      {options.map((option) => (
        <label key={option.value} class="choice-option">
          <input type="radio" name={name} checked={option.value === value} onChange={() => onChange(option.value)} />
          <span>
            {option.label}
            {option.hint && <small>{option.hint}</small>}
          </span>
        </label>
      ))}
    </fieldset>
  )
}
