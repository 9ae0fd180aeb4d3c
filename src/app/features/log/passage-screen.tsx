import { useEffect, useState } from 'preact/hooks'
import { useRoute } from 'preact-iso'
import { placeOf } from '../../../domain/community'
import { isOperationKey } from '../../../domain/ids'
import type { CheckIn } from '../../../domain/operation'
import { type Passage, passageOf } from '../../../domain/passage'
import { maskPlate } from '../../../domain/plate'
import { laterVersion } from '../../../domain/rules/late-rules'
import { toldAbout } from '../../../storage/cases'
import { uploadStates } from '../../../storage/outbox'
import { celsiusText, dayClockText } from '../../i18n/format'
import { t } from '../../i18n/translate'
import { useServices } from '../../services'
import { Button } from '../../ui/button'
import { Notice } from '../../ui/notice'
import { Screen } from '../../ui/screen'
import { AmendForm } from './amend-form'
import { AmendRegister } from './amend-register'
import { namesOf, stateOf, wholeOf } from './passage-words'
import { registeredIn } from './register-values'
import { Unlogged } from './unlogged'
import { useReveal } from './use-reveal'
import { VoidForm } from './void-form'
import './log.css'

type Shown = { readonly passage: Passage; readonly upload: 'waiting' | 'rejected' | 'done' } | 'missing' | undefined

/** What only some passages carry. */
function moreFacts(
  { subject, verdict, answers, noMask, vehicle, occurredAt }: CheckIn,
  exception: Passage['exception'],
): (readonly [string, string])[] {
  const visitor = subject.kind === 'visitor' ? subject : undefined
  return [
    ...(visitor?.reason ? [[t('register.reason'), visitor.reason] as const] : []),
    ...(visitor?.keyArea === undefined ? [] : [[t('log.fact-key-area'), t(visitor.keyArea ? 'common.yes' : 'common.no')] as const]),
    ...(verdict?.why ? [[t('log.fact-verdict'), t(`stop.${verdict.why}`)] as const] : []),
    ...(answers?.pass ? [[t('log.fact-pass'), t(answers.pass === 'shown' ? 'gate.pass-shown' : 'gate.pass-missing')] as const] : []),
    ...(exception?.kind === 'exception' ? [[t('gate.except'), exception.reason] as const] : []),
    ...(exception?.kind === 'emergency' ? [[t('gate.emergency'), t(`emergency.${exception.what}`)] as const] : []),
    ...(noMask ? [[t('log.fact-mask'), t('gate.no-mask')] as const] : []),
    ...(vehicle ? [[t('register.vehicle'), `${maskPlate(vehicle.plate)} ${t(`register.role-${vehicle.role}`)}`] as const] : []),
    ...(occurredAt ? [[t('register.late'), t('log.fact-late')] as const] : []),
  ]
}

/** Everything about one passage; corrected or voided by further records, never overwritten. */
export function PassageScreen() {
  const { params } = useRoute()
  const { db, codec, ownCodec, counters, judgedBy, identity, kept } = useServices()
  const [shown, setShown] = useState<Shown>()
  const key = params.key ?? ''
  const { lastSeq, waiting, rejected } = counters.value
  const { deviceId } = identity.value
  const matters = kept.matters.value

  useEffect(() => {
    let current = true
    const read = async (): Promise<Shown> => {
      if (!isOperationKey(key)) return 'missing'
      const [operations, uploads] = await Promise.all([
        toldAbout(db, { facts: codec, own: ownCodec, self: deviceId }, key),
        uploadStates(db),
      ])
      const checkIn = operations.find((operation) => operation.kind === 'check-in')
      if (!checkIn) return 'missing'
      const states = operations.map((operation) => uploads.get(operation.key))
      const upload = states.includes('rejected') ? 'rejected' : states.includes('waiting') ? 'waiting' : 'done'
      return { passage: passageOf(checkIn, operations, judgedBy), upload }
    }
    read().then(
      (next) => current && setShown(next),
      () => current && setShown('missing'),
    )
    return () => {
      current = false
    }
  }, [db, codec, ownCodec, deviceId, matters, key, judgedBy, lastSeq, waiting, rejected])

  return (
    <Screen title={t('log.passage')} back={{ href: '/log', label: t('common.back') }}>
      {shown === 'missing' && <Notice tone="plain" title={t('log.missing')} />}
      {shown && shown !== 'missing' && <Details passage={shown.passage} upload={shown.upload} />}
    </Screen>
  )
}

function Details({ passage, upload }: { readonly passage: Passage; readonly upload: 'waiting' | 'rejected' | 'done' }) {
  const { roster, identity } = useServices()
  const registered = registeredIn(passage)
  const revealed = useReveal(passage.key)
  const [open, setOpen] = useState<'amend' | 'register' | 'void'>()
  const { name, unit } = namesOf(passage, roster.value)
  const state = stateOf(passage)
  const { checkIn, readings, amendments, voided, note } = passage
  const post = identity.value.posts.find(({ id }) => id === checkIn.postId)
  // A rule that came late flags; nothing is rewritten.
  const later = laterVersion({ ...checkIn, at: passage.at }, identity.value.ruleSets, identity.value.posts)
  const facts: readonly (readonly [string, string])[] = [
    [t('log.fact-who'), [name, unit].filter(Boolean).join(' ')],
    ...(revealed.shown ? [[t('log.fact-whole'), wholeOf(passage, roster.value)] as const] : []),
    [t('log.fact-time'), dayClockText(passage.at)],
    [t('log.fact-direction'), t(`direction.${passage.direction}`)],
    ...readings.map(
      ({ celsius, site, attempt }) => [t('log.fact-reading', { attempt }), `${celsiusText(celsius)} ℃ · ${t(`site.${site}`)}`] as const,
    ),
    ...(readings.length === 0 && 'reason' in checkIn.measured
      ? [[t('log.fact-not-measured'), t(`not-measured.${checkIn.measured.reason}`)] as const]
      : []),
    [t('log.fact-state'), state.words()],
    [t('log.fact-post'), placeOf(post)],
    [t('log.fact-operator'), checkIn.operator || t('log.nobody')],
    ...moreFacts(checkIn, passage.exception),
    [t('log.fact-rules'), checkIn.rules],
    ...(later ? [[t('log.fact-later-rules'), later] as const] : []),
    [t('log.fact-upload'), t(`log.upload-${upload}`)],
    ...(note ? [[t('log.fact-note'), note] as const] : []),
  ]
  return (
    <>
      {voided && (
        <Notice tone="plain" icon="close" title={t('log.state-voided')}>
          {dayClockText(voided.at)} · {voided.reason === 'undo' ? t('common.undo') : voided.reason}
        </Notice>
      )}
      <dl class="passage-facts">
        {facts.map(([term, text]) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
      <Button wide icon="person" disabled={revealed.shown} onClick={revealed.show}>
        {t('log.reveal')}
      </Button>
      <Unlogged failed={revealed.failed} />
      {amendments.length > 0 && (
        <section>
          <h2 class="passage-heading">{t('log.amendments')}</h2>
          <ul class="passage-amendments">
            {amendments.map((amend) => (
              <li key={amend.key}>
                {dayClockText(Date.parse(amend.deviceTime) + amend.clockOffset)} · {amend.operator || t('log.nobody')} · {amend.reason}
              </li>
            ))}
          </ul>
        </section>
      )}
      {!voided && !open && (
        <div class="passage-actions">
          <Button tall icon="edit" onClick={() => setOpen('amend')}>
            {t('log.amend')}
          </Button>
          <Button tall look="danger" onClick={() => setOpen('void')}>
            {t('log.void')}
          </Button>
        </div>
      )}
      {!voided && !open && registered && (
        <Button wide icon="edit" onClick={() => setOpen('register')}>
          {t('log.amend-register')}
        </Button>
      )}
      {open === 'register' && registered && <AmendRegister registered={registered} onDone={() => setOpen(undefined)} />}
      {open === 'amend' && <AmendForm passage={passage} onDone={() => setOpen(undefined)} />}
      {open === 'void' && <VoidForm target={passage.key} onDone={() => setOpen(undefined)} />}
    </>
  )
}
