import { createWedge, type Ended, type Heard, REST } from './wedge'

type Field = HTMLInputElement | HTMLTextAreaElement

/** A field as it was before a run of keys began. */
interface Before {
  readonly element: Field
  readonly value: string
  readonly start: number | null
  readonly end: number | null
}

/** Hears a handheld scanner wherever the focus is, until the returned function is called. What of a burst had got into a field is taken out again. */
export function listenForScanner(onText: (text: string) => void): () => void {
  const wedge = createWedge()
  /** Keys of a burst that are still down: letting go of the space bar would press a button. */
  const down = new Set<string>()
  let before: Before | undefined
  let isKeeping = false
  let inComposition = false
  let composed = ''
  /** An input method had some key of the run: it may put its text in after the burst. */
  let isComposing = false
  let isCodeless = false
  let codelessAt = 0
  let quietUntil = 0
  let resting: ReturnType<typeof setTimeout> | undefined

  const settle = ({ text, back }: Ended) => {
    if (text === undefined && back === undefined) return
    if (before) {
      if (inComposition) before.element.blur() // ends what is being composed
      restore(before)
      focusAgain(before)
      if (back) putIn(before, back)
    }
    if (isComposing && text !== undefined) quietUntil = performance.now() + REST
    if (before && back && text !== undefined) before = beforeOf(before.element)
    isKeeping = false
    // A scanner with its caps lock on sends a code of ours in small letters.
    if (text !== undefined) onText(/^gp[a-z]?1:/i.test(text) ? text.toUpperCase() : text)
  }
  const apply = (heard: Heard, event: Event) => {
    if (heard.mine) {
      event.preventDefault()
      event.stopPropagation()
    }
    settle(heard)
    if (heard.first) {
      before = event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement ? beforeOf(event.target) : undefined
      // A field that takes over from an input method's late text is a hand's.
      quietUntil = 0
    }
    if (heard.mine && heard.text === undefined && !isKeeping) {
      isKeeping = true
      if (before && !isCodeless) {
        // Without a field an input method has nothing to compose in; it gets it back when the burst is over.
        if (isComposing) before.element.blur()
        restore(before)
      }
    }
    clearTimeout(resting)
    resting = setTimeout(rest, REST + 5)
  }
  const rest = () => {
    const ended = wedge.rest(performance.now())
    if (ended) return settle(ended)
    // A browser that blurs its clock counts less than has passed; what was kept is given back all the same.
    resting = setTimeout(rest, REST + 5)
  }

  const hearKey = (event: KeyboardEvent) => {
    const { key, shiftKey, timeStamp } = event
    const isComposed = inComposition || event.isComposing || key === 'Process'
    const code = event.code || (key === 'Enter' || key === 'Tab' ? key : '')
    // What an input method of a phone made of this key is told by the text alone.
    isCodeless = code === ''
    if (isCodeless) codelessAt = timeStamp
    if (event.repeat || isCodeless) return
    isComposing ||= isComposed
    const hasCommand = event.ctrlKey || event.altKey || event.metaKey
    const heard = wedge.hear({ code, shiftKey, hasCommand, at: timeStamp, ...(key.length === 1 ? { typed: key } : {}) })
    if (heard.first) isComposing = isComposed
    if (heard.mine) down.add(code)
    apply(heard, event)
  }
  const letGo = (event: KeyboardEvent) => {
    if (!down.delete(event.code)) return
    event.preventDefault()
    event.stopPropagation()
  }
  const hearInput = (event: InputEvent) => {
    if (isLate()) return keepOut(event)
    if (!isCodeless || event.data === null) return
    const isComposed = event.inputType === 'insertCompositionText'
    if (!isComposed && event.inputType !== 'insertText') return
    const added = isComposed && event.data.startsWith(composed) ? event.data.slice(composed.length) : event.data
    if (isComposed) composed = event.data
    if (/^[ -~]$/.test(added)) {
      isComposing ||= isComposed
      apply(wedge.hearSign(added, codelessAt), event)
    }
    // A word at once was chosen or swiped.
    else if (added !== '') settle(wedge.interrupt())
  }
  const isLate = () => performance.now() < quietUntil
  const keepOut = (event: Event) => {
    if (event.cancelable) event.preventDefault()
    event.stopPropagation()
  }
  /** What could not be kept out is taken out. */
  const tookIn = (event: Event) => {
    if (!event.isTrusted || !before || event.target !== before.element) return
    if (!isLate() && (!isKeeping || isCodeless)) return
    event.stopPropagation()
    restore(before)
  }
  const compositionBegan = () => {
    inComposition = true
    composed = ''
  }
  const compositionEnded = (event: Event) => {
    tookIn(event)
    inComposition = false
    composed = ''
  }

  const stop = new AbortController()
  const options = { capture: true, signal: stop.signal }
  addEventListener('keydown', hearKey, options)
  addEventListener('keyup', letGo, options)
  addEventListener('beforeinput', hearInput, options)
  addEventListener('input', tookIn, options)
  addEventListener('compositionstart', compositionBegan, options)
  addEventListener('compositionend', compositionEnded, options)
  return () => {
    clearTimeout(resting)
    stop.abort()
  }
}

const beforeOf = (element: Field): Before => ({
  element,
  value: element.value,
  start: element.selectionStart,
  end: element.selectionEnd,
})

function restore({ element, value, start, end }: Before): void {
  if (element.value === value) return
  element.value = value
  if (start !== null) element.setSelectionRange(start, end)
  told(element)
}

function focusAgain({ element, start, end }: Before): void {
  // Somebody may have gone to another field meanwhile.
  if (!element.isConnected || document.activeElement !== document.body) return
  element.focus({ preventScroll: true })
  if (start !== null) element.setSelectionRange(start, end)
}

function putIn({ element, value, start, end }: Before, text: string): void {
  // A field of numbers tells no selection.
  if (start === null) element.value = value + text
  else element.setRangeText(text, start, end ?? start, 'end')
  told(element)
}

const told = (element: Field) => element.dispatchEvent(new Event('input', { bubbles: true }))
