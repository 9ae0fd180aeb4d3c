import { VOLUNTEER_KINDS, type VolunteerKind } from '../../../domain/shift'
import { t } from '../../i18n/translate'
import { Button } from '../../ui/button'
import { Choice } from '../../ui/choice'
import { Field } from '../../ui/field'

export interface TakesOverProps {
  readonly name: string
  readonly onName: (name: string) => void
  /** Who else is signed in: one tap. */
  readonly others: readonly string[]
  readonly as: VolunteerKind
  readonly onAs: (as: VolunteerKind) => void
  /** Signed in before: nobody asks again as what. */
  readonly isKnown: boolean
  readonly error: string | undefined
}

/** 接班: by a tap, or typed; somebody new signs in with it. */
export function TakesOver({ name, onName, others, as, onAs, isKnown, error }: TakesOverProps) {
  return (
    <>
      {others.map((other) => (
        <Button key={other} wide icon="person" pressed={other === name} onClick={() => onName(other)}>
          {other}
        </Button>
      ))}
      <Field label={t('shift.to')} value={name} onInput={onName} error={error} maxLength={40} />
      {name.trim() !== '' && !isKnown && (
        <Choice
          legend={t('shift.kind')}
          options={VOLUNTEER_KINDS.map((kind) => ({ value: kind, label: t(`shift.kind-${kind}`) }))}
          value={as}
          onChange={onAs}
        />
      )}
    </>
  )
}
