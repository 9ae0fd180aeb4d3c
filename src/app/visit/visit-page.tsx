import { useState } from 'preact/hooks'
import { parseIdentityNumber } from '../../domain/identity-number'
import { parseMobile } from '../../domain/mobile'
import type { VisitorForm } from '../../domain/registers'
import { addressTyped } from '../../domain/unit-typed'
import { visitCodeText } from '../../trust/visit-code'
import { language, speak, t } from '../i18n/translate'
import { Button } from '../ui/button'
import { Choice } from '../ui/choice'
import { Field } from '../ui/field'
import { Notice } from '../ui/notice'
import { QrCode } from '../ui/qr-code'
import { Screen } from '../ui/screen'

const REASONS = ['family', 'delivery', 'repair', 'housekeeping', 'business', 'other'] as const

interface Answers {
  readonly name: string
  readonly phone: string
  readonly unit: string
  readonly idNumber: string
  readonly reason?: (typeof REASONS)[number]
  readonly keyArea?: boolean
}
type Wrong = Partial<Record<'name' | 'phone' | 'idNumber' | 'keyArea', string>>
const NOTHING: Answers = { name: '', phone: '', unit: '', idNumber: '' }

/** A visitor fills in the post's form on their own phone and shows it as a code; nothing is sent, nothing is kept. */
export function VisitPage() {
  const [answers, setAnswers] = useState<Answers>(NOTHING)
  const [wrong, setWrong] = useState<Wrong>({})
  const [code, setCode] = useState<string>()
  const change = (part: Partial<Answers>) => setAnswers({ ...answers, ...part })
  const make = () => {
    const errors = wrongIn(answers)
    setWrong(errors)
    if (Object.keys(errors).length === 0) setCode(visitCodeText(formOf(answers)))
  }

  if (code) {
    return (
      <Screen
        title={t('visit.show')}
        foot={
          <Button tall wide onClick={() => setCode(undefined)}>
            {t('visit.change')}
          </Button>
        }
      >
        <QrCode text={code} label={t('visit.code')} live />
        <p class="soft">{t('visit.privacy')}</p>
      </Screen>
    )
  }
  return (
    <Screen
      title={t('visit.title')}
      foot={
        <Button look="main" tall wide onClick={make}>
          {t('visit.make')}
        </Button>
      }
    >
      <Button look="quiet" onClick={() => void speak(language.value === 'en' ? 'zh-CN' : 'en')}>
        {language.value === 'en' ? '中文' : 'English'}
      </Button>
      <Notice tone="ask" icon="file" title={t('visit.what')}>
        <p>{t('visit.privacy')}</p>
        <p>{t('visit.other-way')}</p>
      </Notice>
      <Field
        label={t('register.name')}
        value={answers.name}
        onInput={(name) => change({ name })}
        error={wrong.name}
        maxLength={40}
        autoComplete="name"
      />
      <Field
        label={t('register.phone')}
        value={answers.phone}
        onInput={(phone) => change({ phone })}
        error={wrong.phone}
        inputMode="tel"
        autoComplete="tel"
        maxLength={20}
      />
      <Field
        label={t('register.visiting')}
        hint={t('register.unit-hint')}
        value={answers.unit}
        onInput={(unit) => change({ unit })}
        maxLength={40}
      />
      <Choice
        legend={t('register.reason')}
        options={REASONS.map((reason) => ({ value: reason, label: t(`register.reason-${reason}`) }))}
        value={answers.reason}
        onChange={(reason) => change({ reason })}
      />
      {wrong.keyArea && (
        <p class="field-error" role="alert">
          {wrong.keyArea}
        </p>
      )}
      <Choice
        row
        legend={t('register.key-area')}
        options={[
          { value: 'no', label: t('common.no') },
          { value: 'yes', label: t('common.yes') },
        ]}
        value={answers.keyArea === undefined ? undefined : answers.keyArea ? 'yes' : 'no'}
        onChange={(answer) => change({ keyArea: answer === 'yes' })}
      />
      <Field
        label={t('register.id-number')}
        hint={t('visit.id-hint')}
        value={answers.idNumber}
        onInput={(idNumber) => change({ idNumber })}
        error={wrong.idNumber}
        maxLength={20}
      />
    </Screen>
  )
}

function wrongIn({ name, phone, idNumber, keyArea }: Answers): Wrong {
  return {
    ...(name.trim() === '' ? { name: t('register.name-missing') } : {}),
    ...(phone.trim() !== '' && !parseMobile(phone).ok ? { phone: t('register.phone-wrong') } : {}),
    ...(idNumber.trim() !== '' && !parseIdentityNumber(idNumber).ok ? { idNumber: t('register.id-wrong') } : {}),
    ...(keyArea === undefined ? { keyArea: t('register.answer-missing') } : {}),
  }
}

function formOf({ name, phone, unit, idNumber, reason, keyArea }: Answers): VisitorForm {
  const mobile = parseMobile(phone)
  const identity = parseIdentityNumber(idNumber)
  const address = addressTyped(unit)
  return {
    name: name.trim(),
    ...(mobile.ok ? { phone: mobile.value } : {}),
    ...(identity.ok ? { idNumber: identity.value } : {}),
    ...(reason ? { reason: t(`register.reason-${reason}`) } : {}),
    ...(keyArea === undefined ? {} : { keyArea }),
    ...(address ? { address } : {}),
  }
}
