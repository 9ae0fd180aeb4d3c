import { useMemo, useState } from 'preact/hooks'
import { placeOf } from '../../../domain/community'
import type { Operation } from '../../../domain/operation'
import { parseCelsius, type Reading } from '../../../domain/reading'
import { correctedTime } from '../../../domain/time'
import { type Rejected, resend } from '../../../storage/outbox'
import { storageError } from '../../../storage/storage-error'
import { celsiusText, dayClockText } from '../../i18n/format'
import { t } from '../../i18n/translate'
import { useServices } from '../../services'
import { oneAtATime } from '../../shell/one-at-a-time'
import { STORAGE_WORDS } from '../../shell/storage-words'
import { Button } from '../../ui/button'
import { Field } from '../../ui/field'
import { Notice } from '../../ui/notice'
import { alongWith, mendAs, moveTo } from './mending'
import { reasonWords } from './reason-words'

/** One record that was sent back: what it is, why, and how to mend it. */
export function ReturnedCard({ rejected, list }: { readonly rejected: Rejected; readonly list: readonly Rejected[] }) {
  const services = useServices()
  const { db, identity, refreshCounters, syncNow, kept } = services
  const { operation, code, pointer, detail } = rejected
  const reading = readingOf(operation)
  const [typed, setTyped] = useState(reading ? celsiusText(reading.celsius) : '')
  const [error, setError] = useState<string>()
  const { posts, postId } = identity.value

  const done = async () => {
    await refreshCounters()
    void syncNow()
  }
  const once = useMemo(oneAtATime, [])
  const again = once(async () => {
    try {
      await resend(db, operation.key)
      await done()
    } catch (cause) {
      setError(t(STORAGE_WORDS[storageError(cause).kind].title))
    }
  })
  const mend = async (mending: ReturnType<typeof mendAs>) => {
    const mended = await mending
    if (!mended.ok) return setError(t(STORAGE_WORDS[mended.error.kind].title))
    await kept.reloadMatters()
    await done()
  }
  const mendReading = once(async () => {
    if (!reading) return
    const bands = services.rules.value.bands[reading.site]
    const parsed = parseCelsius(typed, bands)
    if (!parsed.ok) return setError(t('returned.reading-range', { least: celsiusText(bands.least), most: celsiusText(bands.most) }))
    await mend(mendAs(services, withReading(operation, { ...reading, celsius: parsed.value })))
  })
  const moveHere = once(() => mend(moveTo(services, operation, list, postId)))
  const along = alongWith(operation, list).length
  const isElsewhere = code === 'outside-scope' || code === 'post-closed'
  const here = posts.find(({ id }) => id === postId)

  return (
    <article class="returned-card">
      <h2>
        {t(`returned.kind-${operation.kind}`)} · {dayClockText(correctedTime(operation))}
      </h2>
      {reading && (
        <p>
          {t(`site.${reading.site}`)} {celsiusText(reading.celsius)} ℃
        </p>
      )}
      <Notice tone="stop" title={reasonWords(code)}>
        {[detail, pointer].filter(Boolean).join(' · ')}
      </Notice>
      {code === 'reading-out-of-range' && reading && (
        <>
          <Field label={t('returned.new-reading')} value={typed} onInput={setTyped} inputMode="decimal" maxLength={5} error={error} />
          <Button look="main" tall wide onClick={() => void mendReading()}>
            {t('returned.mend')}
          </Button>
        </>
      )}
      {isElsewhere && here && operation.kind !== 'roster-import' && operation.postId !== postId && (
        <>
          <Button tall wide onClick={() => void moveHere()}>
            {t('returned.move-here', { post: placeOf(here) })}
          </Button>
          {along > 0 && <p class="returned-hint">{t('returned.moves-along', { count: along })}</p>}
        </>
      )}
      <Button tall wide onClick={() => void again()}>
        {t('returned.again')}
      </Button>
      <p class="returned-hint">{t('returned.again-says')}</p>
      {error && code !== 'reading-out-of-range' && (
        <p class="field-error" role="alert">
          {error}
        </p>
      )}
    </article>
  )
}

function readingOf(operation: Operation): Reading | undefined {
  if (operation.kind === 'retest') return operation.reading
  if (operation.kind !== 'check-in' && operation.kind !== 'amend') return undefined
  return operation.measured && 'celsius' in operation.measured ? operation.measured : undefined
}

function withReading(operation: Operation, reading: Reading): Operation {
  if (operation.kind === 'retest') return { ...operation, reading }
  return operation.kind === 'check-in' || operation.kind === 'amend' ? { ...operation, measured: reading } : operation
}
