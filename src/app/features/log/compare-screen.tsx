import { useEffect, useState } from 'preact/hooks'
import { placeOf } from '../../../domain/community'
import type { OperationKey } from '../../../domain/ids'
import { may } from '../../../domain/role'
import { type Day, dayOf } from '../../../domain/time'
import type { GatepostDatabase } from '../../../storage/database'
import { daysKept, operationsOfDay } from '../../../storage/facts'
import { mergedDaysOf } from '../../../storage/merged-days'
import { sendAgain, uploadStates } from '../../../storage/outbox'
import type { SyncError } from '../../../sync/sync-error'
import { PATHS } from '../../../wire/protocol'
import { HeldOfDayResponse, ReconcileResponse } from '../../../wire/sync'
import { dayText } from '../../i18n/format'
import { t } from '../../i18n/translate'
import { type Services, useServices } from '../../services'
import { Button } from '../../ui/button'
import { Notice } from '../../ui/notice'
import { Screen } from '../../ui/screen'
import { Skeleton } from '../../ui/skeleton'
import { type Compared, type ComparedFile, compareDay, compareFile, type Held } from './compare-day'
import { Listed, ListedHeld } from './compare-list'
import { zoneNow } from './use-day'
import './log.css'

const AT_ONCE = 1_000 // keys in one question

type State =
  | { readonly at: 'asking' }
  | { readonly at: 'failed'; readonly error: SyncError }
  | { readonly at: 'compared'; readonly compared: Compared; readonly lost: readonly Held[]; readonly files: readonly ComparedFile[] }

/** 核对: this phone's records of a day beside the server's, post by post; what differs is listed by its key. */
export function CompareScreen() {
  const services = useServices()
  const { db, now, counters } = services
  const today = dayOf(now(), zoneNow())
  const [days, setDays] = useState<readonly Day[]>([today])
  const [day, setDay] = useState(today)
  const [turn, again] = useState(0)
  const [state, setState] = useState<State>({ at: 'asking' })
  const { waiting, rejected } = counters.value
  useEffect(() => {
    void daysKept(db).then((kept) => setDays([...new Set([today, ...kept])]))
  }, [db, today])
  useEffect(() => {
    let current = true
    setState({ at: 'asking' })
    void compare(services, day).then((next) => current && setState(next))
    return () => {
      current = false
    }
  }, [services, day, turn, waiting, rejected])

  return (
    <Screen title={t('compare.title')} back={{ href: '/log', label: t('common.back') }}>
      <fieldset class="log-days">
        <legend class="visually-hidden">{t('log.day')}</legend>
        {days.map((each) => (
          <Button key={each} pressed={each === day} onClick={() => setDay(each)}>
            {dayText(Date.parse(`${each}T12:00:00`))}
          </Button>
        ))}
      </fieldset>
      {state.at === 'asking' && <Skeleton label={t('compare.asking')} />}
      {state.at === 'failed' && (
        <Notice tone="wait" title={t('compare.failed')} announce="alert">
          <p>{t('compare.failed-todo')}</p>
          <Button onClick={() => again(turn + 1)}>{t('common.retry')}</Button>
        </Notice>
      )}
      {state.at === 'compared' && <Found found={state} onSent={() => again(turn + 1)} />}
    </Screen>
  )
}

async function compare(services: Services, day: Day): Promise<State> {
  const { db, codec, ask } = services
  const operations = await operationsOfDay(db, codec, day)
  const held = new Set<string>()
  for (let from = 0; from < operations.length; from += AT_ONCE) {
    const keys = operations.slice(from, from + AT_ONCE).map(({ key }) => key)
    const answer = await ask(ReconcileResponse, PATHS.reconcile, { keys })
    if (!answer.ok) return { at: 'failed', error: answer.error }
    for (const key of answer.value.held) held.add(key)
  }
  const ofDay = await ask(HeldOfDayResponse, PATHS.heldOfDay, { day })
  if (!ofDay.ok) return { at: 'failed', error: ofDay.error }
  const lost = await notHere(db, ofDay.value.records)
  const files = await comparedFiles(services, day)
  return { at: 'compared', compared: compareDay(operations, held, await uploadStates(db)), lost, files }
}

/** Whatever day the phone has put it under: only what it has nowhere is lost. */
async function notHere(db: GatepostDatabase, records: readonly Held[]): Promise<Held[]> {
  const kept = await db.facts.bulkGet(records.map(({ key }) => key as OperationKey))
  return records.filter((_, i) => kept[i] === undefined)
}

/** The days that other phones gave, where the server tells of them: to a lead. */
async function comparedFiles({ db, ownCodec, identity, ask }: Services, day: Day): Promise<ComparedFile[]> {
  if (!may(identity.value.role, 'see-devices')) return []
  const merged = await mergedDaysOf(db, ownCodec, day)
  const compared = await Promise.all(
    merged.map(async ({ name, deviceId, operations }) => {
      const answer = await ask(HeldOfDayResponse, PATHS.deviceDay, { day, deviceId })
      return answer.ok ? [compareFile(name, operations, answer.value.records)] : []
    }),
  )
  return compared.flat()
}

function Found({
  found: { compared, lost, files },
  onSent,
}: {
  readonly found: Extract<State, { at: 'compared' }>
  readonly onSent: () => void
}) {
  const { db, identity, refreshCounters, syncNow } = useServices()
  const { posts, missing, waiting, rejected } = compared
  const nameOf = (id: string) => {
    const post = identity.value.posts.find((each) => each.id === id)
    return placeOf(post) || t('compare.other-post')
  }
  const send = async () => {
    await sendAgain(
      db,
      missing.map(({ key }) => key),
    )
    await refreshCounters()
    await syncNow()
    onSent()
  }
  if (posts.length + lost.length + files.length === 0) return <p class="log-empty">{t('log.empty')}</p>
  const isEqual = missing.length + waiting.length + rejected.length + lost.length === 0
  return (
    <>
      {isEqual && <Notice tone="saved" title={t('compare.equal')} announce="status" />}
      <dl class="passage-facts">
        {posts.map(({ postId, phone, server }) => (
          <div key={postId}>
            <dt>{nameOf(postId)}</dt>
            <dd>{t('compare.counts', { phone, server, sign: phone === server ? '=' : '≠' })}</dd>
          </div>
        ))}
      </dl>
      <Listed title={t('compare.waiting', { count: waiting.length })} operations={waiting} />
      <Listed title={t('compare.rejected', { count: rejected.length })} operations={rejected} />
      {missing.length > 0 && (
        <>
          <Notice tone="stop" title={t('compare.missing', { count: missing.length })} announce="alert">
            {t('compare.missing-todo')}
          </Notice>
          <Listed title={t('compare.missing-list')} operations={missing} />
          <Button look="main" tall wide icon="upload" onClick={() => void send()}>
            {t('compare.send-again')}
          </Button>
        </>
      )}
      {lost.length > 0 && (
        <Notice tone="wait" title={t('compare.lost', { count: lost.length })}>
          {t('compare.lost-todo')}
        </Notice>
      )}
      <ListedHeld title={t('compare.lost-list')} records={lost} />
      {files.map((each) => (
        <FileFound key={each.name} file={each} />
      ))}
    </>
  )
}

function FileFound({ file: { name, file, server, absent, since } }: { readonly file: ComparedFile }) {
  return (
    <section>
      <h2 class="passage-heading">{t('compare.file', { name })}</h2>
      <p>{t('compare.counts', { phone: file, server, sign: absent.length + since.length === 0 ? '=' : '≠' })}</p>
      <Listed level="h3" title={t('compare.file-absent', { count: absent.length })} operations={absent} />
      <ListedHeld level="h3" title={t('compare.file-since', { count: since.length })} records={since} />
    </section>
  )
}
