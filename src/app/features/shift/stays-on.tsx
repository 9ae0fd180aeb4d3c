import { t } from '../../i18n/translate'
import { Button } from '../../ui/button'

export interface StaysOnProps {
  readonly names: readonly string[]
  readonly staying: readonly string[]
  readonly onChange: (staying: readonly string[]) => void
}

/** Who of the others stands on in the next shift, a tap each; who is not named is signed out with this one. */
export function StaysOn({ names, staying, onChange }: StaysOnProps) {
  const turn = (name: string) => onChange(staying.includes(name) ? staying.filter((each) => each !== name) : [...staying, name])
  return (
    <fieldset class="choice">
      <legend>{t('shift.stays-on')}</legend>
      <p class="soft">{t('shift.stays-on-what')}</p>
      {names.map((name) => (
        <Button
          key={name}
          wide
          icon={staying.includes(name) ? 'check' : 'person'}
          pressed={staying.includes(name)}
          onClick={() => turn(name)}
        >
          {t('shift.stays-on-name', { name })}
        </Button>
      ))}
    </fieldset>
  )
}
