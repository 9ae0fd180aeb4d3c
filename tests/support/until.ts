/** Asks again until the answer is the wanted one; fails with the last answer. */
export async function until<T>(ask: () => Promise<T> | T, holds: (answer: T) => boolean, ms = 30_000): Promise<T> {
  const deadline = Date.now() + ms
  for (;;) {
    const answer = await ask()
    if (holds(answer)) return answer
    if (Date.now() > deadline) throw new Error(`still ${JSON.stringify(answer)} after ${ms} ms`)
    await new Promise((done) => setTimeout(done, 100))
  }
}
