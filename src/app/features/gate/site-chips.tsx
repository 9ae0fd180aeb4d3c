import { useState } from 'preact/hooks'
import { SITES, type Site } from '../../../domain/reading'
import { celsiusText } from '../../i18n/format'
import { t } from '../../i18n/translate'
import { useServices } from '../../services'
import { Button } from '../../ui/button'
import { Dialog } from '../../ui/dialog'

const USUAL: readonly Site[] = ['forehead', 'wrist', 'neck']

export interface SiteChipsProps {
  readonly site: Site
  readonly onChange: (site: Site) => void
  /** Where masks are asked for: who has none is noted, who has one is not. */
  readonly mask?: { readonly off: boolean; readonly onChange: (off: boolean) => void }
}

/** Where it is measured: three at hand, the others behind a button; on a small phone all of them. */
export function SiteChips({ site, onChange, mask }: SiteChipsProps) {
  const [open, setOpen] = useState(false)
  const choose = (next: Site) => {
    setOpen(false)
    onChange(next)
  }
  const most = mask ? USUAL.slice(0, 2) : USUAL
  const shown = most.includes(site) ? most : [...most.slice(0, -1), site]
  return (
    <fieldset class="sites">
      <legend class="visually-hidden">{t('gate.site')}</legend>
      {shown.map((each) => (
        <button key={each} type="button" class="site" aria-pressed={each === site} onClick={() => choose(each)}>
          {t(`site.${each}`)}
        </button>
      ))}
      <button type="button" class="site site-more" onClick={() => setOpen(true)}>
        <span class="site-folded">
          {t('gate.site')} · {t(`site.${site}`)}
        </span>
        <span class="site-unfolded">{t('gate.site-more')}</span>
        <ThermometerOffset />
      </button>
      {mask && (
        <button type="button" class="site site-mask" aria-pressed={mask.off} onClick={() => mask.onChange(!mask.off)}>
          {t('gate.no-mask')}
        </button>
      )}
      {open && (
        <Dialog title={t('gate.site')} onClose={() => setOpen(false)}>
          <div class="gate-reasons">
            {SITES.map((each) => (
              <Button key={each} tall wide pressed={each === site} onClick={() => choose(each)}>
                {t(`site.${each}`)}
              </Button>
            ))}
            <ThermometerChoice />
          </div>
        </Dialog>
      )}
    </fieldset>
  )
}

/** The thermometer in hand and by how much it is off: for a person to know, no reading is changed by it. */
function ThermometerOffset() {
  const [inHand] = useServices().kept.values.shift.value?.thermometers ?? []
  if (!inHand?.offset) return null
  const by = celsiusText(Math.abs(inHand.offset))
  return (
    <small class="site-offset">
      {t(inHand.offset > 0 ? 'gate.reads-low' : 'gate.reads-high', { thermometer: inHand.thermometer, by })}
    </small>
  )
}

/** Which thermometer is in hand, where the shift began with several: its readings carry its name. */
function ThermometerChoice() {
  const { kept, keep } = useServices()
  const shift = kept.values.shift.value
  if (!shift || shift.thermometers.length < 2) return null
  const take = (thermometer: string) => {
    const inHand = shift.thermometers.filter((each) => each.thermometer === thermometer)
    const others = shift.thermometers.filter((each) => each.thermometer !== thermometer)
    void keep('shift', { ...shift, thermometers: [...inHand, ...others] })
  }
  return (
    <>
      <p>{t('shift.thermometer')}</p>
      {shift.thermometers.map(({ thermometer }, i) => (
        <Button key={thermometer} tall wide pressed={i === 0} onClick={() => take(thermometer)}>
          {thermometer}
        </Button>
      ))}
    </>
  )
}
