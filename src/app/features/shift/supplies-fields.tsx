import { useEffect, useState } from 'preact/hooks'
import { err, ok, type Result } from '../../../domain/result'
import type { Supplies } from '../../../domain/shift'
import { t } from '../../i18n/translate'
import { readCharge } from '../../shell/charge'
import { Section } from '../../ui/facts'
import { Field } from '../../ui/field'

const COUNTED = ['masks', 'bottles', 'thermometers', 'batteries'] as const
type Typed = Readonly<Record<(typeof COUNTED)[number] | 'charge', string>>

export const NOTHING_TYPED: Typed = { masks: '', bottles: '', thermometers: '', batteries: '', charge: '' }

export interface SuppliesFieldsProps {
  readonly typed: Typed
  readonly onType: (typed: Typed) => void
  readonly error: string | undefined
}

/** What the post has left, in numbers; what nobody counted stays empty, and the sheet says so. */
export function SuppliesFields({ typed, onType, error }: SuppliesFieldsProps) {
  const [isRead, setRead] = useState(false)
  useEffect(() => {
    void readCharge().then((read) => {
      if (!read) return
      setRead(true)
      onType({ ...NOTHING_TYPED, charge: String(read.percent) })
    })
  }, [])
  return (
    <Section title={t('shift.supplies')}>
      {error && (
        <p class="field-error" role="alert">
          {error}
        </p>
      )}
      {COUNTED.map((name) => (
        <Field
          key={name}
          label={t(`shift.${name}`)}
          value={typed[name]}
          onInput={(text) => onType({ ...typed, [name]: text })}
          inputMode="numeric"
          maxLength={5}
        />
      ))}
      {isRead ? (
        <p>{t('shift.charge', { percent: typed.charge })}</p>
      ) : (
        <Field
          label={t('shift.charge-typed')}
          value={typed.charge}
          onInput={(charge) => onType({ ...typed, charge })}
          inputMode="numeric"
          maxLength={3}
        />
      )}
    </Section>
  )
}

export function readSupplies(typed: Typed): Result<Supplies, 'wrong-number'> {
  const given = Object.entries(typed).flatMap(([name, text]) => (text.trim() === '' ? [] : [[name, text.trim()] as const]))
  if (given.some(([name, text]) => !/^\d{1,5}$/.test(text) || (name === 'charge' && Number(text) > 100))) return err('wrong-number')
  return ok(Object.fromEntries(given.map(([name, text]) => [name, Number(text)])))
}
