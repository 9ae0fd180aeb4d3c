import { useState } from 'preact/hooks'
import { bandOf, NOT_MEASURED_REASONS, type NotMeasuredReason, type Reading, type Site } from '../../../domain/reading'
import { celsiusText, clockText } from '../../i18n/format'
import { t } from '../../i18n/translate'
import { useServices } from '../../services'
import { STORAGE_WORDS } from '../../shell/storage-words'
import { Strip } from '../../shell/strip'
import { Button } from '../../ui/button'
import { Dialog } from '../../ui/dialog'
import { Icon } from '../../ui/icon'
import type { GateActions } from './gate-actions'
import type { Measure } from './gate-state'
import type { Measured } from './saving'
import { SiteChips } from './site-chips'
import { TemperaturePad } from './temperature-pad'

/** Who it is, in neutral blue, and the pad. One tap saves. */
export function Measuring({ measure, actions }: { readonly measure: Measure; readonly actions: GateActions }) {
  const { preferences, changePreferences, identity } = useServices()
  const { retest, direction, failed } = measure
  const [site, setSite] = useState<Site>(retest?.site ?? preferences.value.site)
  const [asking, ask] = useState(false)
  const [saving, setSaving] = useState<Measured>()

  const keep = async (measured: Measured) => {
    setSaving(measured)
    await actions.measured(measure, measured)
    setSaving(undefined)
  }
  const take = (celsius: number) => {
    const reading: Reading = { celsius, site, attempt: (retest?.readings.length ?? 0) + 1 }
    void keep(reading)
  }
  const chooseSite = (next: Site) => {
    setSite(next)
    if (!retest) void changePreferences({ site: next })
  }
  const leave = (reason: NotMeasuredReason) => {
    ask(false)
    void keep({ reason })
  }

  return (
    <div class="gate gate-measuring">
      <Strip />
      <main>
        <WhoCard measure={measure} />
        {failed && (
          <p class="gate-failed" role="alert">
            <Icon name="bar" />
            <span>
              <b>{t('gate.not-saved')}</b> {t(STORAGE_WORDS[failed.kind].title)}。{t(STORAGE_WORDS[failed.kind].todo)}
            </span>
          </p>
        )}
        <SiteChips site={site} onChange={chooseSite} />
        <TemperaturePad bands={identity.value.rules.bands[site]} busy={saving !== undefined} onTake={take} />
      </main>
      <footer class="gate-foot">
        <Button tall onClick={actions.back}>
          {t('common.back')}
        </Button>
        {retest ? (
          <Button tall onClick={() => void actions.left(measure)}>
            {t('gate.left')}
          </Button>
        ) : (
          <>
            <Button tall onClick={actions.turn} label={t('gate.turn-label', { direction: t(`direction.${direction}`) })}>
              <b>{t(`direction.${direction}`)}</b> ⇄
            </Button>
            <Button tall onClick={() => ask(true)}>
              {t('gate.not-measured')}
            </Button>
          </>
        )}
      </footer>
      {asking && (
        <Dialog title={t('gate.not-measured-why')} onClose={() => ask(false)}>
          <div class="gate-reasons">
            {NOT_MEASURED_REASONS.map((reason) => (
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

function WhoCard({ measure }: { readonly measure: Measure }) {
  const { who, retest, seen, direction } = measure
  const { identity } = useServices()
  const last = retest?.readings.at(-1)
  const isLow = last && bandOf(last.celsius, identity.value.rules.bands[last.site]) === 'too-low'
  const words = () => {
    if (last && isLow && retest && retest.site !== last.site)
      return t('gate.too-low', { celsius: celsiusText(last.celsius), site: t(`site.${retest.site}`) })
    if (last && isLow) return t('gate.too-low-again', { celsius: celsiusText(last.celsius) })
    if (retest) return t('gate.retest-measure', { attempt: retest.readings.length + 1 })
    return who.subject.kind === 'written' ? t('gate.written-measure') : t('gate.resident-measure')
  }
  return (
    <section class={isLow ? 'who who-low' : 'who'} role="status">
      <span class="who-sign">
        <Icon name={isLow ? 'thermometer' : 'home'} size={28} />
      </span>
      <div>
        <h1>
          {who.name} <small>{who.unit}</small>
        </h1>
        <p class="who-word">{words()}</p>
        {seen && seen.direction === direction && (
          <p class="who-seen">{t('gate.seen-same', { time: clockText(seen.at), direction: t(`direction.${direction}`) })}</p>
        )}
      </div>
      <span class="who-direction">{t(`direction.${direction}`)}</span>
    </section>
  )
}
