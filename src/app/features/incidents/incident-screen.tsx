import { useEffect, useState } from 'preact/hooks'
import { useRoute } from 'preact-iso'
import { isOperationKey } from '../../../domain/ids'
import { CHECKLIST, type CheckItem, type Incident, incidentOf, type Reached, type StepTaken } from '../../../domain/incident'
import type { Told } from '../../../domain/operation'
import { inOrder } from '../../../domain/order'
import { passageOf } from '../../../domain/passage'
import { toldAbout } from '../../../storage/cases'
import type { StorageError } from '../../../storage/storage-error'
import { celsiusText, clockText, dayClockText } from '../../i18n/format'
import { t } from '../../i18n/translate'
import { useServices } from '../../services'
import { ContactLinks } from '../../shell/contact-links'
import { type FollowUp, keepFollowUps } from '../../shell/follow-up'
import { useOnce } from '../../shell/one-at-a-time'
import { STORAGE_WORDS } from '../../shell/storage-words'
import { whoOf } from '../../shell/who'
import { Section } from '../../ui/facts'
import { Icon } from '../../ui/icon'
import { Notice } from '../../ui/notice'
import { Screen } from '../../ui/screen'
import { Skeleton } from '../../ui/skeleton'
import { CloseIncident } from './close-incident'
import { ReopenIncident } from './reopen-incident'
import { TakeOver } from './take-over'
import './incidents.css'

type Shown = Incident | 'missing' | undefined

/** 异常处置: what is to be done, in its order; who took over; the outcome. Open until closed, on every phone of the post. */
export function IncidentScreen() {
  const { params } = useRoute()
  const services = useServices()
  const { db, codec, ownCodec, identity, judgedBy, counters, kept } = services
  const [shown, setShown] = useState<Shown>()
  const [failed, setFailed] = useState<StorageError>()
  const key = params.key ?? ''
  const { deviceId } = identity.value
  const { lastSeq } = counters.value
  const matters = kept.matters.value

  useEffect(() => {
    let current = true
    const read = async (): Promise<Shown> => {
      if (!isOperationKey(key)) return 'missing'
      const operations = await toldAbout(db, { facts: codec, own: ownCodec, self: deviceId }, key)
      return incidentIn(operations, judgedBy) ?? 'missing'
    }
    read().then(
      (next) => current && setShown(next),
      () => current && setShown('missing'),
    )
    return () => {
      current = false
    }
  }, [db, codec, ownCodec, key, deviceId, judgedBy, lastSeq, matters])

  const keep = async (followUps: readonly FollowUp[]): Promise<boolean> => {
    const saved = await keepFollowUps(services, followUps)
    setFailed(saved.ok ? undefined : saved.error)
    return saved.ok
  }
  const take = async (step: StepTaken): Promise<boolean> => isOperationKey(key) && keep([{ kind: 'incident-step', target: key, step }])
  /** Two phones may have taken the same step: it is not taken any more when both are taken back. */
  const takeBack = async (isIt: (step: StepTaken) => boolean, reason: string): Promise<boolean> => {
    if (!isOperationKey(key) || !shown || shown === 'missing') return false
    const steps = shown.steps.filter(({ step }) => isIt(step))
    return keep(steps.map((step) => ({ kind: 'void', target: key, only: step.key, reason })))
  }

  return (
    <Screen title={t('incident.title')} back={{ href: '/', label: t('common.back') }}>
      {shown === undefined && <Skeleton label={t('common.loading')} />}
      {shown === 'missing' && <Notice tone="plain" title={t('incident.missing')} />}
      {failed && (
        <Notice tone="stop" title={t('gate.not-saved')} announce="alert">
          {t(STORAGE_WORDS[failed.kind].todo)}
        </Notice>
      )}
      {shown && shown !== 'missing' && <Details incident={shown} onStep={take} onTakeBack={takeBack} />}
    </Screen>
  )
}

function incidentIn(operations: readonly Told[], judgedBy: Parameters<typeof passageOf>[2]): Incident | undefined {
  const checkIn = operations.find((operation) => operation.kind === 'check-in')
  return checkIn && incidentOf(passageOf(checkIn, operations, judgedBy), inOrder(operations))
}

interface DetailsProps {
  readonly incident: Incident
  readonly onStep: (step: StepTaken) => Promise<boolean>
  readonly onTakeBack: (isIt: (step: StepTaken) => boolean, reason: string) => Promise<boolean>
}

function Details({ incident, onStep, onTakeBack }: DetailsProps) {
  const { roster } = useServices()
  const { passage, checked, calls, takenOver, closed, openedAt } = incident
  const tick = useOnce(async (item: CheckItem) => {
    if (checked.has(item)) await onTakeBack((step) => step.at === 'checked' && step.item === item, t('gate.reason-mistyped'))
    else await onStep({ at: 'checked', item })
  })
  const called = useOnce(async (whom: Reached) => {
    if (whom !== 'emergency') await onStep({ at: 'called', role: whom })
    else if (!checked.has('called-emergency')) await onStep({ at: 'checked', item: 'called-emergency' })
  })
  const { name, unit } = whoOf(passage.checkIn.subject, passage.checkIn.way, roster.value)
  return (
    <>
      <Notice tone={closed ? 'saved' : 'wait'} icon={closed ? 'check' : 'warning'} title={`${name} ${unit}`}>
        <p>
          {closed ? t('incident.closed-at', { time: dayClockText(closed.at) }) : t('incident.open-since', { time: dayClockText(openedAt) })}
        </p>
        <p>{passage.readings.map(({ celsius, site }) => `${t(`site.${site}`)} ${celsiusText(celsius)}`).join(' → ')}</p>
      </Notice>
      <Section title={t('incident.checklist')}>
        <ul class="checklist">
          {CHECKLIST.map((item) => (
            <li key={item}>
              <button
                type="button"
                class="check-item"
                aria-pressed={checked.has(item)}
                disabled={closed !== undefined}
                onClick={() => void tick(item)}
              >
                <Icon name={checked.has(item) ? 'check' : 'more'} />
                <span>{t(`incident.${item}`)}</span>
              </button>
            </li>
          ))}
        </ul>
      </Section>
      {!closed && (
        <Section title={t('incident.call')}>
          <ContactLinks onCall={(whom) => void called(whom)} withEmergency />
          {calls.length > 0 && <p class="soft">{calls.map(({ whom, at }) => `${clockText(at)} ${t(`contact.${whom}`)}`).join('；')}</p>}
        </Section>
      )}
      <TakeOver incident={incident} onStep={onStep} />
      {closed ? (
        <Section title={t('incident.outcome')}>
          <p>{[t(`incident.outcome-${closed.outcome}`), closed.words].filter(Boolean).join(' · ')}</p>
          <ReopenIncident onReopen={(reason) => onTakeBack((step) => step.at === 'closed', reason)} />
        </Section>
      ) : (
        <CloseIncident isTakenOver={takenOver !== undefined} onStep={onStep} />
      )}
    </>
  )
}
