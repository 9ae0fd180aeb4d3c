/** What a person can mend: shown as one line, without a stack. */
export class PlainError extends Error {
  override readonly name = 'PlainError'
}

/** Runs a command; a PlainError ends it with its one line and exit code 1. */
export async function runPlainly(run: () => Promise<void>): Promise<void> {
  try {
    await run()
  } catch (cause) {
    process.stderr.write(
      cause instanceof PlainError ? `gatepost: ${cause.message}\n` : `gatepost: ${cause instanceof Error ? cause.stack : cause}\n`,
    )
    process.exit(1)
  }
}
