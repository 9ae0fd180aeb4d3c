import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { whenQuiet } from '../../src/app/shell/when-quiet'

let page: EventTarget
let doc: EventTarget & { visibilityState?: string }
let runs: number
let soon: () => void

beforeEach(() => {
  vi.useFakeTimers()
  page = new EventTarget()
  doc = Object.assign(new EventTarget(), { visibilityState: 'visible' })
  vi.stubGlobal('addEventListener', page.addEventListener.bind(page))
  vi.stubGlobal('document', doc)
  runs = 0
  soon = whenQuiet(() => runs++)
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

const touch = () => page.dispatchEvent(new Event('pointerdown'))

test('what is wished for runs once, a second after the last touch', () => {
  soon()
  soon()
  vi.advanceTimersByTime(800)
  touch()
  vi.advanceTimersByTime(900)
  expect(runs).toBe(0)
  vi.advanceTimersByTime(100)
  expect(runs).toBe(1)
  vi.advanceTimersByTime(60_000)
  expect(runs).toBe(1)
})

test('a queue that leaves no quiet holds it up for fifteen seconds at most', () => {
  soon()
  for (let i = 0; i < 37; i++) {
    vi.advanceTimersByTime(400)
    touch()
    soon()
  }
  expect(runs).toBe(0)
  vi.advanceTimersByTime(400)
  expect(runs).toBe(1)
})

test('a page that is being left runs it at once, and only what was wished for', () => {
  const leave = () => {
    doc.visibilityState = 'hidden'
    doc.dispatchEvent(new Event('visibilitychange'))
  }
  leave()
  expect(runs).toBe(0)
  soon()
  leave()
  expect(runs).toBe(1)
  vi.advanceTimersByTime(10_000)
  expect(runs).toBe(1)
})
