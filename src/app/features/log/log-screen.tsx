import { useMemo, useState } from 'preact/hooks'
import type { DayLog as Folded } from '../../../domain/day-log'
import type { Passage } from '../../../domain/passage'
import type { Mark } from '../../../domain/presence'
import { laterVersion } from '../../../domain/rules/late-rules'
import { tally } from '../../../domain/tally'
import { type Day, dayOf } from '../../../domain/time'
import { clockText, dayText } from '../../i18n/format'
import { t } from '../../i18n/translate'
import { useServices } from '../../services'
import { Places } from '../../shell/places'
import { STORAGE_WORDS } from '../../shell/storage-words'
import { Button } from '../../ui/button'
import { Icon } from '../../ui/icon'
import { LinkList } from '../../ui/link-list'
import { Notice } from '../../ui/notice'
import { Skeleton } from '../../ui/skeleton'
import { Entries } from './entries'
import { FILTERS, type Filter, markWords, namesOf, passes, readingsText, searchText, stateOf } from './passage-words'
import { type DayLog, useDay, zoneNow } from './use-day'
import './log.css'

const LINKS = [
  { href: '/log/take-day', icon: 'plus', words: 'exchange.take' },
  { href: '/log/give-day', icon: 'upload', words: 'exchange.give' },
  { href: '/log/compare', icon: 'swap', words: 'compare.title' },
] as const
const FIRST_ROWS = 100
const MORE_ROWS = 300

/** The day's passages, newest first; the counts above are those of the rows below. */
export function LogScreen() {
  const { now, identity } = useServices()
  const [shiftName, setShift] = useState<string>()
  const shift = identity.value.community.shifts.find(({ name }) => name === shiftName)
  const [day, setDay] = useState<Day>(() => dayOf(now(), zoneNow()))
  const [retries, retry] = useState(0)
  const log = useDay(day, shift, retries)
  return (
    <div class="log">
      <main>
        <h1 class="log-title">{t('log.title')}</h1>
        <LogBody log={log} day={day} onDay={setDay} shift={shiftName} onShift={setShift} onRetry={() => retry(retries + 1)} />
      </main>
      <Places />
    </div>
  )
}

interface BodyProps {
  readonly log: DayLog
  readonly day: Day
  readonly onDay: (day: Day) => void
  /** One shift of the day; none: all of it. */
  readonly shift: string | undefined
  readonly onShift: (shift: string | undefined) => void
  readonly onRetry: () => void
}

function LogBody({ log, onRetry, ...chosen }: BodyProps) {
  switch (log.at) {
    case 'loading':
      return <Skeleton label={t('common.loading')} lines={8} />
    case 'failed':
      return (
        <Notice tone="stop" title={t(STORAGE_WORDS[log.error.kind].title)} announce="alert">
          <p>{t(STORAGE_WORDS[log.error.kind].todo)}</p>
          <Button onClick={onRetry}>{t('common.retry')}</Button>
        </Notice>
      )
    case 'ready':
      return <ReadyLog log={log} {...chosen} />
    default:
      return log satisfies never
  }
}

function ReadyLog({
  log,
  day,
  onDay,
  shift,
  onShift,
}: Omit<BodyProps, 'log' | 'onRetry'> & { readonly log: Extract<DayLog, { at: 'ready' }> }) {
  const { roster, judgedBy, identity } = useServices()
  const [filter, setFilter] = useState<Filter>('all')
  const [filtering, setFiltering] = useState(false)
  const [typed, setTyped] = useState('')
  const [limit, setLimit] = useState(FIRST_ROWS)
  const { passages } = log.folded
  const index = roster.value
  const shown = useMemo(() => {
    const wanted = typed.trim().toLowerCase()
    const fits = (passage: Passage) =>
      passes(filter, passage, log.uploads.has(passage.key), judgedBy) && (wanted === '' || searchText(passage, index).includes(wanted))
    return passages.filter(fits).reverse()
  }, [passages, log.uploads, filter, typed, index, judgedBy])

  return (
    <>
      <div class="log-days">
        {log.days.map((each) => (
          <Button key={each} pressed={each === day} onClick={() => onDay(each)}>
            {dayText(Date.parse(`${each}T12:00:00`))}
          </Button>
        ))}
      </div>
      <fieldset class="log-days">
        <legend class="visually-hidden">{t('log.shift')}</legend>
        {[undefined, ...identity.value.community.shifts.map(({ name }) => name)].map((name) => (
          <Button key={name ?? ''} pressed={name === shift} onClick={() => onShift(name)}>
            {name ?? t('log.all-day')}
          </Button>
        ))}
      </fieldset>
      <Counts folded={shownOf(log.folded, shown, filter === 'all' && typed === '')} />
      <nav class="log-doors" aria-label={t('log.more-title')}>
        <a class="button button-main" href="/log/hand-in">
          {t('log.hand-in')}
        </a>
        <a class="button button-plain" href="/log/picture">
          {t('picture.title')}
        </a>
      </nav>
      <div class="log-find">
        <label class="log-search">
          <Icon name="search" />
          <span class="visually-hidden">{t('log.search')}</span>
          <input type="search" placeholder={t('log.search')} value={typed} onInput={(event) => setTyped(event.currentTarget.value)} />
        </label>
        <Button pressed={filtering} onClick={() => setFiltering(!filtering)}>
          {t(filter === 'all' ? 'log.filters' : `log.filter-${filter}`)}
        </Button>
      </div>
      <fieldset class="log-filters" hidden={!filtering}>
        <legend class="visually-hidden">{t('log.filters')}</legend>
        {FILTERS.map((each) => (
          <Button key={each} pressed={each === filter} onClick={() => setFilter(each)}>
            {t(`log.filter-${each}`)}
          </Button>
        ))}
      </fieldset>
      {shown.length === 0 ? (
        <p class="log-empty">{passages.length === 0 ? t('log.empty') : t('log.none-fit')}</p>
      ) : (
        <ol class="log-rows" aria-label={t('log.rows', { count: shown.length })}>
          {shown.slice(0, limit).map((passage) => (
            <Row key={passage.key} passage={passage} upload={log.uploads.get(passage.key)} mark={log.folded.marks.get(passage.key)} />
          ))}
        </ol>
      )}
      {shown.length > limit && (
        <Button wide onClick={() => setLimit(limit + MORE_ROWS)}>
          {t('log.more', { count: shown.length - limit })}
        </Button>
      )}
      {filter === 'all' && typed === '' && <Entries folded={log.folded} uploads={log.uploads} />}
      <LinkList title={t('log.phones')} links={LINKS.map(({ words, ...link }) => ({ ...link, text: t(words) }))} />
    </>
  )
}

/** What the rows below are, to be counted: without a filter the whole day. */
function shownOf(folded: Folded, passages: readonly Passage[], isWhole: boolean): Folded {
  return isWhole ? folded : { ...folded, passages, counts: [], turnedBack: [], arrivals: [], requests: [] }
}

function Counts({ folded }: { readonly folded: Folded }) {
  const { judgedBy } = useServices()
  const counts = tally(folded, judgedBy)
  const cells = [
    ['in', counts.in],
    ['out', counts.out],
    ['measured', counts.measured],
    ['not-measured', counts.notMeasured],
    ['too-low', counts.tooLow],
    ['at-threshold', counts.atThreshold],
    ['visitors', counts.visitors],
    ['couriers', counts.couriers],
    ['vehicles', counts.vehicles],
    ['inside', counts.inside],
    ['voided', counts.voided],
  ] as const
  return (
    <dl class="log-counts">
      {cells.map(([name, count]) => (
        <div key={name}>
          <dt>{t(`log.count-${name}`)}</dt>
          <dd>{count}</dd>
        </div>
      ))}
    </dl>
  )
}

interface RowProps {
  readonly passage: Passage
  readonly upload: 'waiting' | 'rejected' | undefined
  readonly mark: Mark | undefined
}

function Row({ passage, upload, mark }: RowProps) {
  const { roster, identity } = useServices()
  const { ruleSets, posts } = identity.value
  const { name, unit } = namesOf(passage, roster.value)
  const state = stateOf(passage)
  const isLater = laterVersion({ ...passage.checkIn, at: passage.at }, ruleSets, posts) !== undefined
  const words = [state.words(), markWords(mark), isLater && t('log.mark-later-rules')].filter(Boolean).join(' · ')
  return (
    <li>
      <a class={passage.voided ? 'log-row log-row-voided' : 'log-row'} href={`/log/${passage.key}`}>
        <span class="log-time">{clockText(passage.at)}</span>
        <span class="log-direction">{t(`direction.${passage.direction}`)}</span>
        <span class="log-who">
          <b>{name}</b> {unit}
        </span>
        <span class="log-reading">{readingsText(passage)}</span>
        <span class="log-state">
          <Icon name={state.icon} size={18} /> {words}
        </span>
        <span class="log-upload">{t(`log.upload-${upload ?? 'done'}`)}</span>
      </a>
    </li>
  )
}
