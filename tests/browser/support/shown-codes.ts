import type { Page } from 'playwright-core'

/** So many different pictures of the codes that a screen shows in turn, as another phone's camera would see them. */
export async function codesOn(page: Page, count: number): Promise<boolean[][][]> {
  const code = page.locator('.qr-code')
  await code.waitFor()
  const pictures = new Map<string, boolean[][]>()
  for (let looks = 0; looks < 150 && pictures.size < count; looks++) {
    const modules = await code.evaluate(modulesIn)
    pictures.set(JSON.stringify(modules), modules)
    await page.waitForTimeout(150)
  }
  return [...pictures.values()]
}

function modulesIn(svg: Element): boolean[][] {
  const size = Number(svg.getAttribute('viewBox')?.split(' ')[2])
  const modules = Array.from({ length: size }, () => Array<boolean>(size).fill(false))
  for (const [, x, y] of (svg.querySelector('path')?.getAttribute('d') ?? '').matchAll(/M(\d+) (\d+)h/g)) {
    const row = modules[Number(y)]
    if (row) row[Number(x)] = true
  }
  return modules
}
