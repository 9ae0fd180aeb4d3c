import type { Page } from 'playwright-core'

/** Bytes, after the garbage was collected. */
export interface Memory {
  /** What the script made and still holds. */
  readonly objects: number
  /** Of its buffers. */
  readonly buffers: number
  /** Of its wasm's own memory. */
  readonly wasm: number
  /** All three, and what V8 has compiled: the more, the longer something is hot. */
  readonly heap: number
}

/** Attaches to the page's one worker, which has not compiled its wasm yet; each call tells what it holds. */
export async function memoryOfWorker(page: Page): Promise<() => Promise<Memory>> {
  const worker = await attached(page)
  await worker.send('Runtime.evaluate', { expression: KEEP_WASM })
  return async () => {
    // What a first collection lets go of, a second one frees.
    for (let times = 0; times < 3; times++) await worker.send('HeapProfiler.collectGarbage')
    const { usedSize, backingStorageSize } = await worker.send<{ usedSize: number; backingStorageSize: number }>('Runtime.getHeapUsage')
    const wasm = await wasmBytes(worker)
    return { objects: await objectBytes(worker), buffers: backingStorageSize, wasm, heap: usedSize + backingStorageSize + wasm }
  }
}

interface Attached {
  send<T>(method: string, params?: object): Promise<T>
  /** Parts of a picture of the heap, as they come. */
  readonly parts: string[]
}

async function attached(page: Page): Promise<Attached> {
  const devtools = await page.context().newCDPSession(page)
  const found = new Promise<string>((resolve) => {
    devtools.on('Target.attachedToTarget', ({ sessionId, targetInfo }) => targetInfo.type === 'worker' && resolve(sessionId))
  })
  await devtools.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: false, flatten: false })
  const sessionId = await found
  const asked = new Map<number, (answer: { result?: never; error?: { message: string } }) => void>()
  const parts: string[] = []
  devtools.on('Target.receivedMessageFromTarget', ({ message }) => {
    const answer = JSON.parse(message)
    if (answer.method === 'HeapProfiler.addHeapSnapshotChunk') parts.push(answer.params.chunk)
    asked.get(answer.id)?.(answer)
  })
  let ids = 0
  return {
    parts,
    send: (method, params = {}) =>
      new Promise((resolve, reject) => {
        asked.set(++ids, ({ result, error }) => (result ? resolve(result) : reject(new Error(`${method}: ${error?.message}`))))
        void devtools.send('Target.sendMessageToTarget', { sessionId, message: JSON.stringify({ id: ids, method, params }) })
      }),
  }
}

const NOT_MADE_BY_THE_SCRIPT = ['code', 'native', 'synthetic']

async function objectBytes({ send, parts }: Attached): Promise<number> {
  parts.length = 0
  await send('HeapProfiler.takeHeapSnapshot')
  const { nodes, snapshot } = JSON.parse(parts.join(''))
  const fields: string[] = snapshot.meta.node_fields
  const [typeAt, sizeAt] = [fields.indexOf('type'), fields.indexOf('self_size')]
  const types: string[] = snapshot.meta.node_types[typeAt]
  let sum = 0
  for (let i = 0; i < nodes.length; i += fields.length) {
    if (!NOT_MADE_BY_THE_SCRIPT.includes(types[nodes[i + typeAt]] ?? '')) sum += nodes[i + sizeAt]
  }
  return sum
}

/** Keeps the memory of each wasm that the worker will compile. */
const KEEP_WASM = `
  globalThis.wasmMemories = []
  const { instantiate } = WebAssembly
  WebAssembly.instantiate = async (...from) => {
    const made = await instantiate(...from)
    for (const each of Object.values((made.instance ?? made).exports)) if (each instanceof WebAssembly.Memory) wasmMemories.push(each)
    return made
  }
`

async function wasmBytes({ send }: Attached): Promise<number> {
  const expression = 'wasmMemories.reduce((sum, { buffer }) => sum + buffer.byteLength, 0)'
  return (await send<{ result: { value: number } }>('Runtime.evaluate', { expression })).result.value
}
