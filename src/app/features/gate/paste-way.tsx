import { useState } from 'preact/hooks'
import { t } from '../../i18n/translate'
import { Button } from '../../ui/button'
import type { GateActions } from './gate-actions'
import { useStillHere } from './still-here'

/** A code that was sent as text, from the clipboard; the browser may ask for permission first. */
export function PasteWay({ actions }: { readonly actions: GateActions }) {
  const [problem, setProblem] = useState<'refused' | 'empty'>()
  const isStillHere = useStillHere()

  const paste = async () => {
    setProblem(undefined)
    // Refused by a person, by the browser, or because the page lost the focus: all the same here.
    const text = await navigator.clipboard.readText().catch(() => undefined)
    if (!isStillHere()) return
    if (text === undefined) return setProblem('refused')
    if (text.trim() === '') return setProblem('empty')
    await actions.scanned(text)
  }

  // Over plain http, and in some browsers, there is none.
  if (typeof navigator.clipboard?.readText !== 'function') return null
  return (
    <div>
      <Button tall wide onClick={() => void paste()}>
        {t('gate.paste')}
      </Button>
      {problem && <p role="status">{t(`gate.paste-${problem}`)}</p>}
    </div>
  )
}
