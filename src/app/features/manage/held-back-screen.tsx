import { useState } from 'preact/hooks'
import { useRoute } from 'preact-iso'
import type { OperationKind } from '../../../domain/operation'
import { DecisionResponse, HeldBackResponse, type HeldBackRow } from '../../../wire/desk'
import { PATHS } from '../../../wire/protocol'
import { dayClockText } from '../../i18n/format'
import { type PlainKey, t } from '../../i18n/translate'
import { useServices } from '../../services'
import { Button } from '../../ui/button'
import { Notice } from '../../ui/notice'
import { Screen } from '../../ui/screen'
import { Skeleton } from '../../ui/skeleton'
import { AskProblem } from './ask-problem'
import { useAsked } from './use-asked'
import './manage.css'

/** What a phone that was switched off still delivered: record by record, into the log or not. */
export function HeldBackScreen() {
  const { params } = useRoute()
  const deviceId = params.id ?? ''
  const { ask } = useServices()
  const [asked, again] = useAsked(HeldBackResponse, `${PATHS.heldBack}?device=${encodeURIComponent(deviceId)}`)
  const [told, setTold] = useState<string>()

  const decide = async (records: readonly HeldBackRow[], decision: 'accepted' | 'rejected') => {
    const done = await ask(DecisionResponse, PATHS.decisions, { deviceId, keys: records.map(({ key }) => key), decision })
    if (!done.ok) return setTold(t('manage.failed'))
    const { decided, refused } = done.value
    setTold(
      refused.length > 0 ? t('manage.decided-some', { count: decided, refused: refused.length }) : t('manage.decided', { count: decided }),
    )
    again()
  }

  return (
    <Screen title={t('manage.held-back-title')} back={{ href: '/manage/phones', label: t('common.back') }}>
      <p>{t('manage.held-back-what')}</p>
      <p role="status">{told}</p>
      {asked.at === 'asking' && <Skeleton label={t('manage.asking')} />}
      {asked.at === 'failed' && <AskProblem error={asked.error} onRetry={again} />}
      {asked.at === 'answered' && asked.answer.records.length === 0 && <Notice tone="saved" title={t('manage.held-back-none')} />}
      {asked.at === 'answered' && asked.answer.records.length > 0 && (
        <>
          <div class="held-back-all">
            <Button look="main" tall onClick={() => void decide(asked.answer.records, 'accepted')}>
              {t('manage.accept-all', { count: asked.answer.records.length })}
            </Button>
          </div>
          <ul class="phones">
            {asked.answer.records.map((record) => (
              <li key={record.key}>
                <h2>{record.readable ? kindText(record.kind) : t('manage.unreadable')}</h2>
                <p>{[record.at && dayClockText(Date.parse(record.at)), record.operator, `#${record.seq}`].filter(Boolean).join(' · ')}</p>
                <div class="held-back-ways">
                  <Button disabled={!record.readable} onClick={() => void decide([record], 'accepted')}>
                    {t('manage.accept')}
                  </Button>
                  <Button look="danger" onClick={() => void decide([record], 'rejected')}>
                    {t('manage.reject')}
                  </Button>
                </div>
              </li>
            ))}
          </ul>
        </>
      )}
    </Screen>
  )
}

const KINDS = {
  'check-in': 'returned.kind-check-in',
  count: 'returned.kind-count',
  'turned-back': 'returned.kind-turned-back',
  retest: 'returned.kind-retest',
  'walk-off': 'returned.kind-walk-off',
  void: 'returned.kind-void',
  amend: 'returned.kind-amend',
  arrival: 'returned.kind-arrival',
  'incident-step': 'returned.kind-incident-step',
  request: 'returned.kind-request',
  tip: 'returned.kind-tip',
  'shift-opening': 'returned.kind-shift-opening',
  attendance: 'returned.kind-attendance',
  'hand-over': 'returned.kind-hand-over',
  'notice-read': 'returned.kind-notice-read',
  'roster-import': 'returned.kind-roster-import',
  'household-adding': 'returned.kind-household-adding',
  'card-binding': 'returned.kind-card-binding',
  'card-revocation': 'returned.kind-card-revocation',
  access: 'returned.kind-access',
} as const satisfies Record<OperationKind, PlainKey>

const kindText = (kind: string) => (kind in KINDS ? t(KINDS[kind as keyof typeof KINDS]) : kind)
