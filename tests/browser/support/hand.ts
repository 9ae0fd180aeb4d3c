import type { Page } from 'playwright-core'

/** A hand at the gate that counts what it does: taps on buttons, links and choices, by their names. */
export interface Hand {
  readonly taps: () => number
  tap(name: string | RegExp): Promise<void>
  /** Something that has no name of its own. */
  tapOn(selector: string, at?: number): Promise<void>
  /** A new job: counts from nought. */
  begin(): void
}

export function aHand(page: Page): Hand {
  let taps = 0
  return {
    taps: () => taps,
    async tap(name) {
      taps++
      await page
        .getByRole('button', { name, ...(typeof name === 'string' ? { exact: true } : {}) })
        .first()
        .click()
    },
    async tapOn(selector, at = 0) {
      taps++
      await page.locator(selector).nth(at).click()
    },
    begin() {
      taps = 0
    },
  }
}
