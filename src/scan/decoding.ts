import wasmPath from 'zxing-wasm/reader/zxing_reader.wasm?url'
import workerPath from './decoder.worker?worker&url'
import type { DecodeAnswer, DecodeRequest, Engine, Picture } from './decoder-messages'
import type { Looked } from './looker'

/** The page's end of the one worker that decodes. */
export interface Decoding {
  /** Undefined: the worker could not; the next picture may do better. */
  ask(kind: 'look' | 'still', picture: Picture): Promise<Looked | undefined>
  /** Called at once with what reads now, and with each change, until the returned function is called. */
  onEngine(heard: (engine: Engine) => void): () => void
  /** True once it has died so often that nothing more is to be hoped for. */
  readonly isDead: boolean
  /** Who has borrowed it needs it no more. */
  release(): void
}

/** A path of our own as a script's address: where the page asks for trusted types, a plain string is refused. */
export type ScriptUrl = (path: string) => string

const LONGEST: Record<'look' | 'still', number> = { look: 5_000, still: 30_000 } // ms; a worker that is silent for longer has died
const KEPT = 30_000 // ms after the last release: whoever goes to the log and back does not compile anew
const DEATHS = 3 // within
const LATELY = 60_000 // ms
const ASK_AGAIN = 20_000 // ms; the wasm may have come meanwhile

let shared: { readonly worker: SharedWorker; users: number; ending?: ReturnType<typeof setTimeout> } | undefined
type SharedWorker = ReturnType<typeof createDecodingWorker>

/** All that scan share one worker, so that it is compiled once, and its memory is there once. */
export function borrowDecoding(scriptUrl: ScriptUrl): Decoding {
  if (!shared || shared.worker.isDead()) shared = { worker: createDecodingWorker(scriptUrl), users: 0 }
  const mine = shared
  clearTimeout(mine.ending)
  mine.users++
  let isMine = true
  return {
    ask: mine.worker.ask,
    onEngine: mine.worker.onEngine,
    get isDead() {
      return mine.worker.isDead()
    },
    release() {
      if (!isMine) return
      isMine = false
      mine.users--
      if (mine.users > 0) return
      mine.ending = setTimeout(() => end(mine), KEPT)
    },
  }
}

function end(ended: NonNullable<typeof shared>): void {
  if (ended.users > 0) return
  ended.worker.end()
  if (shared === ended) shared = undefined
}

interface Asked {
  readonly resolve: (looked: Looked | undefined) => void
  readonly late: ReturnType<typeof setTimeout>
}

function createDecodingWorker(scriptUrl: ScriptUrl) {
  let worker: Worker | undefined
  let engine: Engine = 'library'
  let ids = 0
  let deaths: number[] = []
  let again: ReturnType<typeof setTimeout> | undefined
  const asked = new Map<number, Asked>()
  const listeners = new Set<(engine: Engine) => void>()

  const isDead = () => deaths.length >= DEATHS

  const post = (request: DecodeRequest, transfer: Transferable[] = []) => worker?.postMessage(request, transfer)
  const prepare = () => post({ kind: 'prepare', wasm: wasmPath })

  const settle = (id: number, looked: Looked | undefined) => {
    const waiting = asked.get(id)
    if (!waiting) return
    clearTimeout(waiting.late)
    asked.delete(id)
    waiting.resolve(looked)
  }

  const isNow = (next: Engine) => {
    engine = next
    clearTimeout(again)
    if (engine === 'library') again = setTimeout(prepare, ASK_AGAIN)
    for (const heard of listeners) heard(engine)
  }

  const start = () => {
    const made = new Worker(scriptUrl(workerPath), { type: 'module' })
    worker = made
    made.onmessage = ({ data }: MessageEvent<DecodeAnswer>) => {
      if (made !== worker) return
      if (data.kind === 'engine') isNow(data.engine)
      else settle(data.id, data.kind === 'looked' ? data : undefined)
    }
    made.onerror = () => made === worker && died()
    made.onmessageerror = () => made === worker && died()
    prepare()
  }

  const died = () => {
    worker?.terminate()
    worker = undefined
    const now = performance.now()
    deaths = [...deaths.filter((at) => now - at < LATELY), now]
    for (const id of [...asked.keys()]) settle(id, undefined)
    if (isDead()) return
    isNow('library')
    start()
  }

  start()
  return {
    isDead,
    ask(kind: 'look' | 'still', picture: Picture): Promise<Looked | undefined> {
      if (!worker) {
        if (picture.kind === 'frame') picture.frame.close()
        return Promise.resolve(undefined)
      }
      const id = ++ids
      return new Promise((resolve) => {
        // A page that was frozen meanwhile gets its answer and this timer at once: the answer comes first.
        const late = setTimeout(() => setTimeout(() => asked.has(id) && died()), LONGEST[kind])
        asked.set(id, { resolve, late })
        post({ kind, id, picture }, [picture.kind === 'frame' ? picture.frame : picture.data.buffer])
      })
    },
    onEngine(heard: (engine: Engine) => void) {
      listeners.add(heard)
      heard(engine)
      return () => void listeners.delete(heard)
    },
    end() {
      clearTimeout(again)
      worker?.terminate()
      worker = undefined
      for (const id of [...asked.keys()]) settle(id, undefined)
    },
  }
}
