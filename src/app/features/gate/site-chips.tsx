import { useState } from 'preact/hooks'
import { SITES, type Site } from '../../../domain/reading'
import { t } from '../../i18n/translate'
import { Button } from '../../ui/button'
import { Dialog } from '../../ui/dialog'

const USUAL: readonly Site[] = ['forehead', 'wrist', 'neck']

/** Where it is measured: three at hand, the others behind a button; on a small phone all of them. */
export function SiteChips({ site, onChange }: { readonly site: Site; readonly onChange: (site: Site) => void }) {
  const [open, setOpen] = useState(false)
  const choose = (next: Site) => {
    setOpen(false)
    onChange(next)
  }
  const shown = USUAL.includes(site) ? USUAL : [...USUAL.slice(0, 2), site]
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
      </button>
      {open && (
        <Dialog title={t('gate.site')} onClose={() => setOpen(false)}>
          <div class="gate-reasons">
            {SITES.map((each) => (
              <Button key={each} tall wide pressed={each === site} onClick={() => choose(each)}>
                {t(`site.${each}`)}
              </Button>
            ))}
          </div>
        </Dialog>
      )}
    </fieldset>
  )
}
