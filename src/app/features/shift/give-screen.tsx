import { useState } from 'preact/hooks'
import { isOpenCase } from '../../../domain/case'
import { partsFor, readAsking } from '../../../vault/pass-on'
import { t } from '../../i18n/translate'
import { useServices } from '../../services'
import { CodeCamera } from '../../shell/code-camera'
import { Notice } from '../../ui/notice'
import { QrParts } from '../../ui/qr-parts'
import { Screen } from '../../ui/screen'

type Step =
  | { readonly at: 'scan'; readonly wrong?: boolean }
  | { readonly at: 'show'; readonly texts: readonly string[] }
  | { readonly at: 'too-many' }

/** The open cases go to the next phone by codes, because this one goes home. */
export function GiveScreen() {
  const { kept, identity, judgedBy } = useServices()
  const [step, setStep] = useState<Step>({ at: 'scan' })
  const { deviceId, community } = identity.value
  const open = kept.matters.value.filter((operations) => isOpenCase(operations, judgedBy))

  const scanned = async (text: string) => {
    const asking = readAsking(text)
    if (!asking.ok) return setStep({ at: 'scan', wrong: true })
    const cases = open.flatMap((operations) => {
      const checkIn = operations.find(({ kind }) => kind === 'check-in')
      if (!checkIn) return []
      const authored = operations.map(({ by, ...operation }) => ({ deviceId: by ?? deviceId, operation }))
      return [{ passage: checkIn.key, operations: authored, open: true }]
    })
    const parts = await partsFor(asking.value, { communityId: community.id, cases })
    setStep(parts.ok ? { at: 'show', texts: parts.value } : { at: 'too-many' })
  }

  return (
    <Screen title={t('shift.give')} back={{ href: '/shift', label: t('common.back') }}>
      {open.length === 0 && <Notice tone="saved" title={t('shift.nothing-open')} />}
      {open.length > 0 && step.at === 'scan' && (
        <>
          <p>{t('shift.give-scan', { count: open.length })}</p>
          {step.wrong && <Notice tone="wait" title={t('shift.not-asking')} announce="alert" />}
          <CodeCamera label={t('shift.give-scan', { count: open.length })} onCode={(text) => void scanned(text)} />
        </>
      )}
      {step.at === 'show' && (
        <>
          <p>{t('shift.give-show', { count: step.texts.length })}</p>
          <QrParts texts={step.texts} label={t('shift.give-code')} />
        </>
      )}
      {step.at === 'too-many' && <Notice tone="stop" title={t('shift.give-too-many')} announce="alert" />}
    </Screen>
  )
}
