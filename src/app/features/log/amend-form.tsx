import { useState } from 'preact/hooks'
import type { OperationKey } from '../../../domain/ids'
import type { Passage } from '../../../domain/passage'
import { celsiusText } from '../../i18n/format'
import { t } from '../../i18n/translate'
import { useServices } from '../../services'
import { keepFollowUps } from '../../shell/follow-up'
import { useOnce } from '../../shell/one-at-a-time'
import { STORAGE_WORDS } from '../../shell/storage-words'
import { Button } from '../../ui/button'
import { Choice } from '../../ui/choice'
import { Field } from '../../ui/field'
import { type Corrections, correctionsOf, type ReadingRow, rowsOf, textOf } from './corrections'
import { ReasonField } from './reason-field'

interface Errors {
  readonly readings?: readonly OperationKey[]
  readonly reason?: string
  readonly form?: string
}

/** 更正: direction, each reading of the chain, a walk-off that was none, a note; further records with their reason. */
export function AmendForm({ passage, onDone }: { readonly passage: Passage; readonly onDone: () => void }) {
  const services = useServices()
  const { bands } = services.judgedBy(passage.checkIn.rules)
  const rows = rowsOf(passage)
  const [form, setForm] = useState<Corrections>(() => ({
    direction: passage.direction,
    note: passage.note ?? '',
    reason: '',
    readings: new Map(rows.map((row) => [row.key, textOf(row)])),
    stayed: false,
  }))
  const [errors, setErrors] = useState<Errors>({})
  const change = (part: Partial<Corrections>) => setForm({ ...form, ...part })

  const submit = useOnce(async () => {
    const made = correctionsOf(passage, { ...form, reason: form.reason.trim() }, bands)
    if (!made.ok) return setErrors({ readings: made.error })
    if (form.reason.trim() === '') return setErrors({ reason: t('log.reason-missing') })
    if (made.value.length === 0) return setErrors({ form: t('log.nothing-changed') })
    const kept = await keepFollowUps(services, made.value)
    if (!kept.ok) return setErrors({ form: `${t('log.not-saved')} ${t(STORAGE_WORDS[kept.error.kind].todo)}` })
    onDone()
  })
  const range = ({ site }: ReadingRow) =>
    t('log.reading-range', { least: celsiusText(bands[site].least), most: celsiusText(bands[site].most) })

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
        value={form.direction}
        onChange={(direction) => change({ direction })}
      />
      {rows.map((row) => (
        <Field
          key={row.key}
          label={
            row.attempt === 1 ? t('log.first-reading') : `${t('log.fact-reading', { attempt: row.attempt })} · ${t(`site.${row.site}`)}`
          }
          {...(row.key === passage.key ? {} : { hint: t('log.retest-empty') })}
          value={form.readings.get(row.key) ?? ''}
          onInput={(typed) => change({ readings: new Map([...form.readings, [row.key, typed]]) })}
          inputMode="decimal"
          maxLength={5}
          error={errors.readings?.includes(row.key) ? range(row) : undefined}
        />
      ))}
      {passage.walkOff && (
        <Button wide pressed={form.stayed} onClick={() => change({ stayed: !form.stayed })}>
          {t(passage.walkOff.exception ? 'log.take-back-excepted' : 'log.take-back-left')}
        </Button>
      )}
      <Field label={t('log.fact-note')} value={form.note} onInput={(note) => change({ note })} maxLength={200} />
      <ReasonField value={form.reason} onChange={(reason) => change({ reason })} error={errors.reason} />
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
