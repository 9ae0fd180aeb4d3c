import type { DecodeAnswer, DecodeRequest, Picture } from './decoder-messages'
import { createFrameLuma } from './frame-luma'
import { createLooker, type Looked } from './looker'
import type { Luma } from './luma'
import { createNativeVoter, type NativeVoter } from './native-voter'
import { createWasmReader } from './wasm-reader'

const PATIENCE = 3_000 // ms; a picture that holds still waits so long for the wasm
const VOTE_EVERY = 3 // frames without a text

const looker = createLooker()
const lumaOfFrame = createFrameLuma()
let wasmPath = ''
let ready: Promise<void> = Promise.resolve()
let voter: NativeVoter | undefined
let missed = 0

self.onmessage = ({ data: request }: MessageEvent<DecodeRequest>) => {
  if (request.kind === 'prepare') {
    wasmPath = request.wasm
    ready = prepare()
  } else void answer(request)
}

createNativeVoter().then((found) => {
  voter = found
})

async function answer({ kind, id, picture }: Exclude<DecodeRequest, { kind: 'prepare' }>): Promise<void> {
  try {
    tell({ kind: 'looked', id, ...(kind === 'still' ? await still(picture) : await look(picture)) })
  } catch {
    tell({ kind: 'fault', id })
  } finally {
    if (picture.kind === 'frame') picture.frame.close()
  }
}

async function look(picture: Picture): Promise<Looked> {
  const luma = await lumaOf(picture)
  const looked = decoded(() => looker.look(luma))
  if (looked.text !== undefined) missed = 0
  else if (voter && picture.kind === 'frame' && ++missed % VOTE_EVERY === 0) {
    const text = await voter.vote(picture.frame)
    if (text !== undefined) return { ...looked, text, sight: 'none' }
  }
  return looked
}

async function still(picture: Picture): Promise<Looked> {
  const luma = await lumaOf(picture)
  // The next frame may come meanwhile, and its memory is this one's.
  const own = { ...luma, data: luma.data.slice() }
  await Promise.race([ready, new Promise((resolve) => setTimeout(resolve, PATIENCE))])
  const from = performance.now()
  const text = decoded(() => looker.still(own))
  return { ...(text === undefined ? {} : { text }), sight: 'none', change: 0, ms: performance.now() - from }
}

/** A decoder that has trapped is not asked again: the other one reads until it stands anew. */
function decoded<T>(work: () => T): T {
  try {
    return work()
  } catch (trap) {
    looker.use(undefined)
    ready = prepare()
    throw trap
  }
}

const lumaOf = (picture: Picture): Luma | Promise<Luma> => (picture.kind === 'luma' ? picture : lumaOfFrame(picture.frame, picture.crop))

async function prepare(): Promise<void> {
  try {
    const wasm = await fetch(wasmPath)
    if (!wasm.ok) throw new Error('the wasm is not to be had')
    looker.use(await createWasmReader(await wasm.arrayBuffer()))
    tell({ kind: 'engine', engine: 'wasm' })
  } catch {
    // Blocked, or not on the phone yet: the other decoder goes on, and the page asks again.
    looker.use(undefined)
    tell({ kind: 'engine', engine: 'library' })
  }
}

const tell = (message: DecodeAnswer) => self.postMessage(message)
