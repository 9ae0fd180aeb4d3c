import { useEffect, useState } from 'preact/hooks'
import type { HouseholdId } from '../../../domain/ids'
import { CODE_COLOURS, PLATFORM_STATES } from '../../../domain/registers'
import { t } from '../../i18n/translate'
import { useServices } from '../../services'
import { useOnce } from '../../shell/one-at-a-time'
import { STORAGE_WORDS } from '../../shell/storage-words'
import { Button } from '../../ui/button'
import { Choice } from '../../ui/choice'
import { Field } from '../../ui/field'
import { ReasonField } from './reason-field'
import {
  correctionOf,
  questionOf,
  type Registered,
  type RegisterValues,
  type RegisterWrong,
  TYPED,
  type TypedName,
  valuesOf,
  wrongIn,
} from './register-values'
import { Unlogged } from './unlogged'
import { useReveal } from './use-reveal'

const NAMES = Object.keys(TYPED) as TypedName[]

/** 更正登记内容: what a register wrote down of somebody; a further record with its reason, the first stays. */
export function AmendRegister({ registered, onDone }: { readonly registered: Registered; readonly onDone: () => void }) {
  const { save, roster } = useServices()
  const [before] = useState(() => valuesOf(registered, (id) => roster.value?.householdById.get(id as HouseholdId)?.address))
  const [values, setValues] = useState<RegisterValues>(before)
  const [reason, setReason] = useState('')
  const [checked, setChecked] = useState(false)
  const [told, tell] = useState<{ readonly reason?: string; readonly form?: string }>({})
  // Names and numbers stand in the form as they were written: looking at them is on record.
  const { shown, failed, show } = useReveal(registered.key, 'while-open')
  useEffect(show, [show])
  const change = (part: RegisterValues) => setValues({ ...values, ...part })
  const mistakes = wrongIn(registered, values)
  const wrong: RegisterWrong = checked ? mistakes : {}

  const submit = useOnce(async () => {
    setChecked(true)
    if (Object.keys(mistakes).length > 0) return tell({})
    const correction = correctionOf(registered, before, values)
    if (!correction) return tell({ form: t('log.nothing-changed') })
    if (reason.trim() === '') return tell({ reason: t('log.reason-missing') })
    const saved = await save([{ operation: { kind: 'amend', target: registered.key, reason: reason.trim(), ...correction } }])
    if (!saved.ok) return tell({ form: `${t('log.not-saved')} ${t(STORAGE_WORDS[saved.error.kind].todo)}` })
    onDone()
  })
  const error = (name: TypedName) => {
    const words = name in wrong ? wrong[name as keyof RegisterWrong] : undefined
    return words && t(words)
  }

  if (!shown) return <Unlogged failed={failed} />
  return (
    <form
      class="passage-form"
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
    >
      <h2 class="passage-heading">{t('log.amend-register')}</h2>
      {NAMES.filter((name) => name in before).map((name) => (
        <Field
          key={name}
          label={t(questionOf(registered, name))}
          value={values[name] ?? ''}
          onInput={(text) => change({ [name]: text })}
          inputMode={name === 'phone' ? 'tel' : 'text'}
          maxLength={name === 'reason' || name === 'origin' ? 100 : 40}
          error={error(name)}
        />
      ))}
      {registered.arrival && (
        <>
          <Choice
            legend={t('register.platform')}
            options={PLATFORM_STATES.map((value) => ({ value, label: t(`register.platform-${value}`) }))}
            value={PLATFORM_STATES.find((each) => each === values.platform)}
            onChange={(platform) => change({ platform })}
          />
          <Choice
            row
            legend={t('register.code')}
            options={CODE_COLOURS.map((value) => ({ value, label: t(`register.code-${value}`) }))}
            value={CODE_COLOURS.find((each) => each === values.code)}
            onChange={(code) => change({ code })}
          />
        </>
      )}
      <ReasonField value={reason} onChange={setReason} error={told.reason} />
      {told.form && (
        <p class="field-error" role="alert">
          {told.form}
        </p>
      )}
      <Button look="main" tall wide type="submit">
        {t('log.amend-now')}
      </Button>
      <Button wide onClick={onDone}>
        {t('common.cancel')}
      </Button>
    </form>
  )
}
