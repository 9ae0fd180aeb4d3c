import type { ComponentChildren, Ref } from 'preact'
import { Icon, type IconName } from './icon'

export interface ButtonProps {
  readonly children: ComponentChildren
  readonly onClick?: () => void
  /** `main` is the one thing to do on a screen; `danger` cannot be taken back lightly. */
  readonly look?: 'main' | 'plain' | 'quiet' | 'danger'
  /** 64 px for the main path of the gate. */
  readonly tall?: boolean
  readonly wide?: boolean
  readonly icon?: IconName
  readonly type?: 'button' | 'submit'
  /** The id of the form that it sends, where it stands outside of it. */
  readonly form?: string
  readonly disabled?: boolean
  readonly busy?: boolean
  readonly pressed?: boolean
  readonly label?: string
  readonly buttonRef?: Ref<HTMLButtonElement>
}

export function Button({
  children,
  look = 'plain',
  type = 'button',
  form,
  tall,
  wide,
  icon,
  busy,
  pressed,
  label,
  disabled,
  onClick,
  buttonRef,
}: ButtonProps) {
  const names = ['button', `button-${look}`, tall && 'button-tall', wide && 'button-wide'].filter(Boolean).join(' ')
  return (
    <button
      ref={buttonRef ?? null}
      class={names}
      type={type}
      form={form}
      disabled={disabled || busy}
      aria-busy={busy}
      aria-pressed={pressed}
      aria-label={label}
      onClick={onClick}
    >
      {icon && <Icon name={icon} />}
      <span>{children}</span>
    </button>
  )
}
