import { useState } from 'preact/hooks'
import type { Measured } from '../../../domain/operation'
import type { Passage } from '../../../domain/passage'
import { bandOf, NOT_MEASURED_REASONS, type NotMeasuredReason, type Reading, type Site } from '../../../domain/reading'
import { isLowForGood, untilRetest } from '../../../domain/retest'
import { staysOutside } from '../../../domain/rules/verdict'
import { celsiusText, clockText, dayClockText, dayText } from '../../i18n/format'
import { t } from '../../i18n/translate'
import { useServices } from '../../services'
import { Strip } from '../../shell/strip'
import { Button } from '../../ui/button'
import { Dialog } from '../../ui/dialog'
import type { GateActions } from './gate-actions'
import type { Measure } from './gate-state'
import { CourierChips } from './registers/courier-chips'
import { SiteChips } from './site-chips'
import { ExceptDialog, Failed, STOP_REASONS } from './stop-panel'
import { TemperaturePad } from './temperature-pad'
import { minutesText } from './wait-chips'
import { WhoHead } from './who-head'

const LOW_REASONS = ['low-cold', 'low-thermometer', 'committee'] as const
const REASONS = NOT_MEASURED_REASONS.filter((reason) => reason !== 'emergency' && reason !== 'not-written')

/** Who it is, in neutral blue, and the pad. One tap saves. */
export function Measuring({ measure, actions }: { readonly measure: Measure; readonly actions: GateActions }) {
  const { preferences, changePreferences, rules, judgedBy, kept } = useServices()
  const { retest, direction, failed, who } = measure
  const [site, setSite] = useState<Site>(retest?.site ?? preferences.value.site)
  const [asking, ask] = useState(false)
  const [noMask, setNoMask] = useState(measure.parts.noMask ?? false)
  const [excepting, except] = useState(false)
  const inForce = retest ? judgedBy(retest.rules) : rules.value
  const thermometer = kept.values.shift.value?.thermometers[0]?.thermometer

  const keep = (measured: Measured) => actions.measured(noMask ? { ...measure, parts: { ...measure.parts, noMask } } : measure, measured)
  const take = (celsius: number) => {
    const attempt = (retest?.readings.length ?? 0) + 1
    const reading: Reading = { celsius, site, attempt, ...(thermometer ? { thermometer } : {}) }
    void keep(reading)
  }
  const chooseSite = (next: Site) => {
    setSite(next)
    if (!retest) void changePreferences({ site: next })
  }
  const isOutside = !retest && staysOutside(measure.parts)
  const letPass = (reason: string) => {
    except(false)
    void (isOutside ? actions.except(measure, reason) : actions.letPass(measure, reason))
  }
  const leave = (reason: NotMeasuredReason) => {
    ask(false)
    void keep({ reason })
  }

  return (
    <div class="gate gate-measuring">
      <Strip />
      <main>
        <MeasureHead measure={measure} />
        <Failed failed={failed} />
        {who.subject.kind === 'courier' && !retest && (
          <CourierChips measure={measure} actions={actions} onExcept={isOutside ? () => except(true) : undefined} />
        )}
        <SiteChips
          site={site}
          onChange={chooseSite}
          {...(inForce.mask === 'required' && !retest ? { mask: { off: noMask, onChange: setNoMask } } : {})}
        />
        <TemperaturePad
          bands={inForce.bands[site]}
          onTake={take}
          {...(inForce.reading === 'in-range' && !retest ? { onInRange: () => void keep({ inRange: true, site }) } : {})}
        />
      </main>
      <footer class="gate-foot">
        <Button tall onClick={actions.back}>
          {t('common.back')}
        </Button>
        {retest ? (
          <>
            {isLowForGood(retest.readings, inForce) && (
              <Button tall onClick={() => except(true)}>
                {t('gate.except')}
              </Button>
            )}
            <Button tall onClick={() => void actions.left(measure)}>
              {t('gate.left')}
            </Button>
          </>
        ) : (
          <>
            <Button
              tall
              onClick={() => void actions.turn(measure)}
              label={t('gate.turn-label', { direction: t(`direction.${direction}`) })}
            >
              <b>{t(`direction.${direction}`)}</b> ⇄
            </Button>
            <Button tall onClick={() => ask(true)}>
              {t('gate.not-measured')}
            </Button>
          </>
        )}
      </footer>
      {excepting && <ExceptDialog reasons={isOutside ? STOP_REASONS : LOW_REASONS} onReason={letPass} onClose={() => except(false)} />}
      {asking && (
        <Dialog title={t('gate.not-measured-why')} onClose={() => ask(false)}>
          <div class="gate-reasons">
            {REASONS.map((reason) => (
              <Button key={reason} tall wide onClick={() => leave(reason)}>
                {t(`not-measured.${reason}`)}
              </Button>
            ))}
            <Button wide look="quiet" onClick={() => ask(false)}>
              {t('common.cancel')}
            </Button>
          </div>
        </Dialog>
      )}
    </div>
  )
}

const WORDS = {
  resident: 'gate.resident-measure',
  unlisted: 'gate.resident-measure',
  written: 'gate.written-measure',
  visitor: 'gate.visitor-measure',
  courier: 'gate.courier-measure',
} as const

function MeasureHead({ measure }: { readonly measure: Measure }) {
  const { who, retest, seen, unfinished, direction, parts } = measure
  const { judgedBy, now } = useServices()
  const last = retest?.readings.at(-1)
  const isLow = last !== undefined && retest !== undefined && bandOf(last.celsius, judgedBy(retest.rules).bands[last.site]) === 'too-low'
  const words = () => {
    if (isLow && retest.site !== last.site) return t('gate.too-low', { celsius: celsiusText(last.celsius), site: t(`site.${retest.site}`) })
    if (isLow) return t('gate.too-low-again', { celsius: celsiusText(last.celsius) })
    if (retest) return t('gate.retest-measure', { attempt: retest.readings.length + 1, site: t(`site.${retest.site}`) })
    if (parts.exception?.kind === 'exception') return t('gate.except-measure')
    if (staysOutside(parts)) return t('gate.courier-outside')
    // Nobody signed it: whoever copies the code has it.
    if (who.way === 'plain-card') return t('gate.plain-card-measure')
    return t(WORDS[who.subject.kind])
  }
  const seenWords = () => {
    const early = retest?.waitsSince === undefined ? 0 : untilRetest(retest.waitsSince, judgedBy(retest.rules), now())
    if (early > 0) return t('gate.retest-early', { time: minutesText(early) })
    const left = unfinished?.at(-1)
    if (left) return unfinishedText(left, now())
    return seen && seen.direction === direction
      ? t('gate.seen-same', { time: clockText(seen.at), direction: t(`direction.${direction}`) })
      : undefined
  }
  return (
    <WhoHead
      who={who}
      direction={direction}
      words={words()}
      icon={isLow ? 'thermometer' : 'home'}
      waits={retest !== undefined}
      seen={seenWords()}
    />
  )
}

/** 上次 07:31 偏低，未复测. */
function unfinishedText({ step, readings, lastReadingAt }: Passage, now: number): string {
  const time = dayText(lastReadingAt) === dayText(now) ? clockText(lastReadingAt) : dayClockText(lastReadingAt)
  const celsius = celsiusText(readings.at(-1)?.celsius ?? 0)
  return step.at === 'too-low' ? t('gate.seen-low', { time }) : t('gate.seen-waited', { time, celsius })
}
