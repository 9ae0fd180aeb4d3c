import { useState } from 'preact/hooks'
import { VOLUNTEER_KINDS, type VolunteerKind } from '../../../domain/shift'
import { t } from '../../i18n/translate'
import { useServices } from '../../services'
import { useOnce } from '../../shell/one-at-a-time'
import { STORAGE_WORDS } from '../../shell/storage-words'
import { Button } from '../../ui/button'
import { Choice } from '../../ui/choice'
import { Dialog } from '../../ui/dialog'
import { Section } from '../../ui/facts'
import { Field } from '../../ui/field'
import { signing } from './sign'

/** 签到, 签退, 换人: a tap on a name is a change of hands; who comes signs in, who goes signs out. */
export function Attendance() {
  const services = useServices()
  const { preferences, changePreferences, save } = services
  const [adding, setAdding] = useState(false)
  const [failed, setFailed] = useState<string>()
  const { operator, operators, kinds } = preferences.value

  const sign = useOnce(async (name: string, as: VolunteerKind, direction: 'in' | 'out') => {
    const saved = await save([{ operation: signing(services, name, as, direction) }])
    if (!saved.ok) return setFailed(`${t('gate.not-saved')} ${t(STORAGE_WORDS[saved.error.kind].todo)}`)
    setFailed(undefined)
    const others = operators.filter((other) => other !== name)
    if (direction === 'in') await changePreferences({ operator: name, operators: [...others, name], kinds: { ...kinds, [name]: as } })
    else await changePreferences({ operator: operator === name ? '' : operator, operators: others })
    setAdding(false)
  })

  return (
    <Section title={t('shift.here')}>
      {operators.length === 0 && <p class="soft">{t('shift.nobody-here')}</p>}
      <ul class="shift-names">
        {operators.map((name) => (
          <li key={name}>
            <Button tall icon="person" pressed={name === operator} onClick={() => void changePreferences({ operator: name, operators })}>
              {name}
              {kinds?.[name] && <small> · {t(`shift.kind-${kinds[name]}`)}</small>}
            </Button>
            <Button onClick={() => void sign(name, kinds?.[name] ?? 'other', 'out')} label={t('shift.sign-out-name', { name })}>
              {t('shift.sign-out')}
            </Button>
          </li>
        ))}
      </ul>
      {failed && (
        <p class="field-error" role="alert">
          {failed}
        </p>
      )}
      <Button wide icon="plus" onClick={() => setAdding(true)}>
        {t('shift.sign-in')}
      </Button>
      {adding && <SignIn onSign={(name, as) => void sign(name, as, 'in')} onClose={() => setAdding(false)} />}
    </Section>
  )
}

interface SignInProps {
  readonly onSign: (name: string, as: VolunteerKind) => void
  readonly onClose: () => void
}

function SignIn({ onSign, onClose }: SignInProps) {
  const [name, setName] = useState('')
  const [as, setAs] = useState<VolunteerKind>('volunteer')
  const [empty, setEmpty] = useState(false)
  const take = () => (name.trim() === '' ? setEmpty(true) : onSign(name.trim(), as))
  return (
    <Dialog title={t('shift.sign-in')} onClose={onClose}>
      <div class="gate-reasons">
        <Field
          label={t('register.name')}
          value={name}
          onInput={setName}
          maxLength={40}
          error={empty ? t('register.name-missing') : undefined}
        />
        <Choice
          legend={t('shift.kind')}
          options={VOLUNTEER_KINDS.map((kind) => ({ value: kind, label: t(`shift.kind-${kind}`) }))}
          value={as}
          onChange={setAs}
        />
        <Button look="main" tall wide onClick={take}>
          {t('shift.sign-in')}
        </Button>
        <Button look="quiet" wide onClick={onClose}>
          {t('common.cancel')}
        </Button>
      </div>
    </Dialog>
  )
}
