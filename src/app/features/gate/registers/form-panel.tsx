import type { ComponentChildren } from 'preact'
import { useRef } from 'preact/hooks'
import { t } from '../../../i18n/translate'
import { errorInSight } from '../../../shell/error-in-sight'
import { Button } from '../../../ui/button'
import { useLeaving } from '../back-key'
import { ThrowAway } from './throw-away'

export interface FormPanelProps {
  readonly title: string
  readonly children: ComponentChildren
  /** What the main button says. */
  readonly next: string
  readonly onNext: () => void
  readonly onBack: () => void
  /** 稍后继续: the form becomes a chip. */
  readonly onPark?: () => void
  /** It was put aside before: then it can be thrown away. */
  readonly parked?: string | undefined
  /** What was kept of it last: from there on nothing is typed yet. */
  readonly kept?: string | undefined
  readonly busy?: boolean
  readonly error?: string | undefined
}

/** A form at the gate: one column, its one thing to do at the thumb. */
export function FormPanel({ title, children, next, onNext, onBack, onPark, parked, kept, busy, error }: FormPanelProps) {
  /** What had been kept when something was typed last; null: nothing was typed. */
  const typedOver = useRef<string | null | undefined>(null)
  // Back is pressed without a look: what was typed is put aside.
  useLeaving(() => (typedOver.current === kept && onPark ? onPark() : onBack()))
  return (
    <form
      class="gate gate-form"
      noValidate
      onInput={() => {
        typedOver.current = kept
      }}
      onSubmit={(event) => {
        event.preventDefault()
        const { currentTarget: form } = event
        onNext()
        errorInSight(form)
      }}
    >
      <main>
        <h1>{title}</h1>
        {children}
        {error && (
          <p class="field-error" role="alert">
            {error}
          </p>
        )}
        {parked !== undefined && <ThrowAway id={parked} onGone={onBack} />}
      </main>
      <footer class="gate-foot">
        <Button tall onClick={onBack}>
          {t('common.back')}
        </Button>
        {onPark && (
          <Button tall onClick={onPark}>
            {t('register.park')}
          </Button>
        )}
        <Button tall look="main" type="submit" busy={busy ?? false}>
          {next}
        </Button>
      </footer>
    </form>
  )
}
