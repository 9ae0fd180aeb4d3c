import type { ComponentChildren } from 'preact'
import { t } from '../../../i18n/translate'
import { errorInSight } from '../../../shell/error-in-sight'
import { Button } from '../../../ui/button'
import { useLeaving } from '../back-key'
import type { FormKeeping } from './form-keeping'
import { ThrowAway } from './throw-away'

export interface FormPanelProps {
  readonly title: string
  readonly children: ComponentChildren
  /** What the main button says. */
  readonly next: string
  readonly onNext: () => void
  readonly onBack: () => void
  readonly keeping: FormKeeping
  readonly busy?: boolean
  readonly error?: string | undefined
}

/** A form at the gate: one column, its one thing to do at the thumb. */
export function FormPanel({ title, children, next, onNext, onBack, keeping, busy, error }: FormPanelProps) {
  const leave = () => {
    keeping.drop()
    onBack()
  }
  const gone = () => {
    keeping.settle()
    onBack()
  }
  const putAside = async () => {
    await keeping.park()
    onBack()
  }
  // Back is pressed without a look: what was typed is put aside.
  useLeaving(() => (keeping.isTyped() ? void putAside() : leave()))
  return (
    <form
      class="gate gate-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        const { currentTarget: form } = event
        // Before it is judged: with something missing it stays as it is, and with nothing missing its record takes it out again.
        keeping.keep()
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
        {keeping.wasParked && <ThrowAway id={keeping.id} onGone={gone} />}
      </main>
      <footer class="gate-foot">
        <Button tall onClick={leave}>
          {t('common.back')}
        </Button>
        <Button tall onClick={() => void putAside()}>
          {t('register.park')}
        </Button>
        <Button tall look="main" type="submit" busy={busy ?? false}>
          {next}
        </Button>
      </footer>
    </form>
  )
}
