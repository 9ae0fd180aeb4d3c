import { useState } from 'preact/hooks'
import type { NotMeasuredReason } from '../../../../domain/reading'
import { t } from '../../../i18n/translate'
import { Button } from '../../../ui/button'
import { Dialog } from '../../../ui/dialog'
import { Field } from '../../../ui/field'
import { type BusRow, withReading } from './bus-values'
import { YesNo } from './yes-no'

const REASONS = ['refused', 'thermometer-broken'] as const satisfies readonly NotMeasuredReason[]

interface BusRowFieldsProps {
  readonly row: BusRow
  readonly number: number
  readonly error: string | undefined
  readonly onChange: (row: BusRow) => void
  readonly onRemove: () => void
}

/** One of a bus: the reading; behind a tap what is otherwise with them than with the rest, or that the name was a slip. */
export function BusRowFields({ row, number, error, onChange, onRemove }: BusRowFieldsProps) {
  const [open, setOpen] = useState(false)
  const close = () => setOpen(false)
  const otherwise = [
    row.reason && t(`not-measured.${row.reason}`),
    row.registered !== undefined && t(row.registered ? 'register.platform-registered' : 'register.platform-not-registered'),
    row.keyArea !== undefined && t(row.keyArea ? 'register.bus-row-key-area' : 'register.bus-row-no-key-area'),
  ].filter((words) => typeof words === 'string')
  return (
    <div class="bus-row">
      <Field
        label={`${number} ${row.name}`}
        value={row.celsius}
        onInput={(celsius) => onChange(withReading(row, celsius))}
        inputMode="decimal"
        maxLength={5}
        error={error}
        {...(otherwise.length > 0 ? { hint: otherwise.join(' · ') } : {})}
      />
      <Button onClick={() => setOpen(true)} label={t('register.bus-row-more', { name: row.name })}>
        …
      </Button>
      {open && (
        <Dialog title={row.name} onClose={close}>
          <div class="gate-reasons">
            <YesNo
              legend={t('register.bus-row-registered')}
              value={row.registered}
              onChange={(registered) => onChange({ ...row, registered })}
            />
            <YesNo legend={t('register.arrival-key-area')} value={row.keyArea} onChange={(keyArea) => onChange({ ...row, keyArea })} />
            {REASONS.map((reason) => (
              <Button key={reason} tall wide onClick={() => [onChange({ ...row, celsius: '', reason }), close()]}>
                {t('register.bus-row-not-measured', { reason: t(`not-measured.${reason}`) })}
              </Button>
            ))}
            <Button look="danger" tall wide onClick={() => [close(), onRemove()]}>
              {t('register.bus-row-remove')}
            </Button>
            <Button look="main" tall wide onClick={close}>
              {t('common.done')}
            </Button>
          </div>
        </Dialog>
      )}
    </div>
  )
}
