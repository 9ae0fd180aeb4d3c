const PLAIN = 0
const GZIP = 1

/** Gzip where the browser has it; the first byte says which. */
export async function packed(plain: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const zips = typeof CompressionStream !== 'undefined'
  const body = zips ? new Uint8Array(await through(plain, new CompressionStream('gzip')).arrayBuffer()) : plain
  const marked = new Uint8Array(body.length + 1)
  marked[0] = zips ? GZIP : PLAIN
  marked.set(body, 1)
  return marked
}

/** The JSON that was packed; throws for what `packed` did not make. */
export async function unpacked(marked: Uint8Array<ArrayBuffer>): Promise<unknown> {
  const body = marked.subarray(1)
  return marked[0] === GZIP ? through(body, new DecompressionStream('gzip')).json() : new Response(new Blob([body])).json()
}

const through = (bytes: Uint8Array<ArrayBuffer>, stream: CompressionStream | DecompressionStream) =>
  new Response(new Blob([bytes]).stream().pipeThrough(stream))
