import { useEffect, useState } from 'preact/hooks'
import { t } from '../../i18n/translate'
import { useServices } from '../../services'
import { useOnce } from '../../shell/one-at-a-time'
import { Button } from '../../ui/button'
import { type LastPassage, UNDO_FOR } from './last-passage'
import { takeBack } from './undoing'

/** 撤销 on the page that a reading led to: a mis-tapped fever is taken back before anybody is sent aside. */
export function UndoButton({ last, onUndone }: { readonly last: LastPassage; readonly onUndone: () => void }) {
  const services = useServices()
  const [failed, setFailed] = useState(false)
  const left = useSecondsLeft(last.savedAt)
  const undo = useOnce(async () => {
    const undone = await takeBack(services, last, 'undo')
    setFailed(!undone.ok)
    if (undone.ok) onUndone()
  })
  if (left === 0 || last.outcome === 'undone') return null
  return (
    <>
      {failed && <p role="alert">{t('gate.not-saved-undo')}</p>}
      <Button tall onClick={() => void undo()}>
        {t('common.undo-seconds', { seconds: left })}
      </Button>
    </>
  )
}

export function useSecondsLeft(from: number): number {
  const [time, setTime] = useState(Date.now())
  const left = Math.max(0, Math.ceil((from + UNDO_FOR - time) / 1000))
  useEffect(() => {
    if (left === 0) return
    const timer = setTimeout(() => setTime(Date.now()), 250)
    return () => clearTimeout(timer)
  }, [time, left])
  return left
}
