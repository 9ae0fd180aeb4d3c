import { useState } from 'preact/hooks'
import type { Unstamped } from '../../../domain/operation'
import type { Passage } from '../../../domain/passage'
import { parseCelsius } from '../../../domain/reading'
import { isOpenMatter, stepAfter } from '../../../domain/retest'
import { celsiusText } from '../../i18n/format'
import { t } from '../../i18n/translate'
import { useServices } from '../../services'
import { STORAGE_WORDS } from '../../shell/storage-words'
import { Button } from '../../ui/button'
import { Choice } from '../../ui/choice'
import { Field } from '../../ui/field'
import { ReasonField } from './reason-field'

/** 更正: direction, first reading, a note; a further record with its reason. */
export function AmendForm({ passage, onDone }: { readonly passage: Passage; readonly onDone: () => void }) {
  const { save, judgedBy } = useServices()
  const [first, ...later] = passage.readings
  const [direction, setDirection] = useState(passage.direction)
  const [typed, setTyped] = useState(first ? celsiusText(first.celsius) : '')
  const [note, setNote] = useState(passage.note ?? '')
  const [reason, setReason] = useState('')
  const [errors, setErrors] = useState<{ reading?: string; reason?: string; form?: string }>({})
  const rules = judgedBy(passage.checkIn.rules)
  const site = first?.site ?? 'forehead'
  const bands = rules.bands[site]

  const submit = async () => {
    const parsed = typed.trim() === '' ? undefined : parseCelsius(typed, bands)
    if (parsed && !parsed.ok)
      return setErrors({ reading: t('log.reading-range', { least: celsiusText(bands.least), most: celsiusText(bands.most) }) })
    if (reason.trim() === '') return setErrors({ reason: t('log.reason-missing') })
    const celsius = parsed?.value
    const measured = celsius !== undefined && celsius !== first?.celsius ? { celsius, site, attempt: 1 } : undefined
    const operation: Unstamped = {
      kind: 'amend',
      target: passage.key,
      reason: reason.trim(),
      ...(direction === passage.direction ? {} : { direction }),
      ...(measured ? { measured } : {}),
      ...(note.trim() === (passage.note ?? '') ? {} : { note: note.trim() }),
    }
    if (Object.keys(operation).length === 3) return setErrors({ form: t('log.nothing-changed') })
    const step = stepAfter([...(measured ? [measured] : first ? [first] : []), ...later], rules)
    const saved = await save([{ operation, ...(measured ? { wait: isOpenMatter(step) ? 'opens' : 'closes' } : {}) }])
    if (!saved.ok) return setErrors({ form: `${t('log.not-saved')} ${t(STORAGE_WORDS[saved.error.kind].todo)}` })
    onDone()
  }

  return (
    <form
      class="passage-form"
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
    >
      <h2 class="passage-heading">{t('log.amend')}</h2>
      <Choice
        row
        legend={t('log.fact-direction')}
        options={[
          { value: 'in', label: t('direction.in') },
          { value: 'out', label: t('direction.out') },
        ]}
        value={direction}
        onChange={setDirection}
      />
      <Field label={t('log.first-reading')} value={typed} onInput={setTyped} inputMode="decimal" maxLength={5} error={errors.reading} />
      <Field label={t('log.fact-note')} value={note} onInput={setNote} maxLength={200} />
      <ReasonField value={reason} onChange={setReason} error={errors.reason} />
      {errors.form && (
        <p class="field-error" role="alert">
          {errors.form}
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
