import { useState } from 'preact/hooks'
import { readVisitCode } from '../../../../trust/visit-code'
import { t } from '../../../i18n/translate'
import { Strip } from '../../../shell/strip'
import { whoOf } from '../../../shell/who'
import { Button } from '../../../ui/button'
import { Field } from '../../../ui/field'
import type { GateActions } from '../gate-actions'
import { PhotoWay } from '../photo-way'

/** Who is held at a counter gets what tells them from the next one: a phone's tail, or the code of the form that they filled in. */
export function HoldPanel({ actions }: { readonly actions: GateActions }) {
  const [tail, setTail] = useState('')
  const [wrong, setWrong] = useState(false)
  const scanned = async (text: string) => {
    const visit = readVisitCode(text)
    if (visit) return actions.go({ at: 'visitor', values: visit, way: 'form-code', held: true })
    return actions.scanned(text)
  }
  const measure = () => {
    if (!/^(\d{4})?$/.test(tail)) return setWrong(true)
    actions.hold(whoOf({ kind: 'written', name: tail }, 'written', undefined), { before: { at: 'hold' } })
  }
  return (
    <form
      class="gate gate-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        measure()
      }}
    >
      <Strip />
      <main>
        <h1>{t('first.hold-title')}</h1>
        <Field
          label={t('first.hold-tail')}
          hint={t('first.hold-hint')}
          value={tail}
          onInput={setTail}
          inputMode="numeric"
          maxLength={4}
          error={wrong ? t('first.hold-wrong') : undefined}
        />
        <PhotoWay actions={{ ...actions, scanned }} />
      </main>
      <footer class="gate-foot">
        <Button tall onClick={actions.back}>
          {t('common.back')}
        </Button>
        <Button tall look="main" type="submit">
          {t('gate.written-next')}
        </Button>
      </footer>
    </form>
  )
}
