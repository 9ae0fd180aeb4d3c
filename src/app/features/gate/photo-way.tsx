import { useId, useState } from 'preact/hooks'
import type { PhotoError } from '../../../scan/photo'
import { t } from '../../i18n/translate'
import { scriptUrl } from '../../shell/script-url'
import type { GateActions } from './gate-actions'
import { useStillHere } from './still-here'

type State = { readonly at: 'idle' } | { readonly at: 'looking' } | { readonly at: 'failed'; readonly kind: PhotoError['kind'] }

/** A code in a photo or a screenshot: for a camera that the browser does not give, or a card that was sent. */
export function PhotoWay({ actions }: { readonly actions: GateActions }) {
  const id = useId()
  const [state, setState] = useState<State>({ at: 'idle' })
  const isStillHere = useStillHere()

  const chosen = async (file: File) => {
    setState({ at: 'looking' })
    const { readPhoto } = await import('../../../scan/photo')
    const read = await readPhoto(file, scriptUrl)
    // Whoever went on meanwhile is not called back.
    if (!isStillHere()) return
    if (!read.ok) return setState({ at: 'failed', kind: read.error.kind })
    await actions.scanned(read.value)
  }

  return (
    <div class="choose-file">
      <input
        id={id}
        type="file"
        accept="image/*"
        onChange={({ currentTarget }) => {
          const [file] = currentTarget.files ?? []
          // The same picture may be chosen again.
          currentTarget.value = ''
          if (file) void chosen(file)
        }}
      />
      <label for={id} class="button button-plain button-tall button-wide">
        {t('gate.photo')}
      </label>
      {state.at === 'looking' && <p role="status">{t('gate.photo-looking')}</p>}
      {state.at === 'failed' && <p role="status">{t(`gate.photo-${state.kind}`)}</p>}
    </div>
  )
}
