import { useState } from 'preact/hooks'
import { placeOf } from '../../../domain/community'
import type { Operation, Unstamped } from '../../../domain/operation'
import { parseCelsius, type Reading } from '../../../domain/reading'
import { stepAfter } from '../../../domain/retest'
import { correctedTime } from '../../../domain/time'
import { type Rejected, replaceRejected, resend } from '../../../storage/outbox'
import type { Draft } from '../../../storage/record'
import { storageError } from '../../../storage/storage-error'
import { celsiusText, dayClockText } from '../../i18n/format'
import { t } from '../../i18n/translate'
import { useServices } from '../../services'
import { STORAGE_WORDS } from '../../shell/storage-words'
import { Button } from '../../ui/button'
import { Field } from '../../ui/field'
import { Notice } from '../../ui/notice'
import { reasonWords } from './reason-words'

/** One record that was sent back: what it is, why, and how to mend it. */
export function ReturnedCard({ rejected }: { readonly rejected: Rejected }) {
  const services = useServices()
  const { db, codec, identity, recordContext, refreshCounters, syncNow } = services
  const { operation, code, pointer, detail } = rejected
  const reading = readingOf(operation)
  const [typed, setTyped] = useState(reading ? celsiusText(reading.celsius) : '')
  const [error, setError] = useState<string>()
  const { posts, postId } = identity.value
  const rules = services.rules.value

  const done = async () => {
    await refreshCounters()
    void syncNow()
  }
  const again = async () => {
    try {
      await resend(db, operation.key)
      await done()
    } catch (cause) {
      setError(t(STORAGE_WORDS[storageError(cause).kind].title))
    }
  }
  const mend = async (draft: Draft) => {
    const mended = await replaceRejected(db, codec, operation.key, draft, { ...recordContext(), ...original(operation) })
    if (!mended.ok) return setError(t(STORAGE_WORDS[mended.error.kind].title))
    await done()
  }
  const mendReading = () => {
    if (!reading) return
    const bands = rules.bands[reading.site]
    const parsed = parseCelsius(typed, bands)
    if (!parsed.ok) return setError(t('returned.reading-range', { least: celsiusText(bands.least), most: celsiusText(bands.most) }))
    void mend(withReading(operation, { ...reading, celsius: parsed.value }, stepAfter([{ ...reading, celsius: parsed.value }], rules).at))
  }
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
          <Button look="main" tall wide onClick={mendReading}>
            {t('returned.mend')}
          </Button>
        </>
      )}
      {isElsewhere && here && operation.kind !== 'roster-import' && operation.postId !== postId && (
        <Button tall wide onClick={() => void mend({ operation: unstamped(operation) })}>
          {t('returned.move-here', { post: placeOf(here) })}
        </Button>
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

/** A mended record keeps the time at which it happened, and who recorded it. */
function original({ deviceTime, clockOffset, operator }: Operation) {
  return { deviceNow: Date.parse(deviceTime), clockOffset, operator }
}

function readingOf(operation: Operation): Reading | undefined {
  if (operation.kind === 'retest') return operation.reading
  if (operation.kind !== 'check-in' && operation.kind !== 'amend') return undefined
  return operation.measured && 'celsius' in operation.measured ? operation.measured : undefined
}

function withReading(operation: Operation, reading: Reading, step: string): Draft {
  const rest = unstamped(operation)
  if (rest.kind === 'retest') return { operation: { ...rest, reading } }
  if (rest.kind !== 'check-in' && rest.kind !== 'amend') return { operation: rest }
  const waits = step === 'wait' || step === 'too-low' || step === 'confirmed'
  return { operation: { ...rest, measured: reading }, ...(waits && rest.kind === 'check-in' ? { wait: 'opens' as const } : {}) }
}

function unstamped(operation: Operation): Unstamped {
  const {
    key: _key,
    seq: _seq,
    deviceTime: _deviceTime,
    clockOffset: _clockOffset,
    postId: _postId,
    operator: _operator,
    ...rest
  } = operation
  return rest
}
