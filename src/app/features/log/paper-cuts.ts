import type { Cut } from './paper'

/** How high what is drawn on a page may be, px. */
function roomOf(page: HTMLElement): number {
  const foot = page.querySelector('.paper-foot')?.getBoundingClientRect().height ?? 0
  // The least height of a page is that of the paper; what is tried on it may have made it longer.
  return Number.parseFloat(getComputedStyle(page).minBlockSize) - foot
}

/** Which of the rows that are tried on a page have room on it; at least one, else it would never end. */
export function cutOf(page: HTMLElement, from: number, rows: number): Cut {
  const room = roomOf(page)
  const content = page.querySelector('.paper-content')
  const top = content?.getBoundingClientRect().top ?? 0
  const bottoms = Array.from(page.querySelectorAll('tbody tr'), (row) => row.getBoundingClientRect().bottom - top)
  const whole = content?.getBoundingClientRect().height ?? 0
  const hasHead = page.querySelector('.paper-head') !== null
  const isLast = from + bottoms.length === rows
  if (isLast && whole <= room) return { from, to: rows, hasHead, hasEnd: true }
  const fitting = bottoms.filter((bottom) => bottom <= room).length
  // The lines to sign on never stand on a page alone, if that can be helped.
  const kept = isLast && fitting === bottoms.length && fitting > 1 ? fitting - 1 : Math.max(1, fitting)
  return { from, to: Math.min(from + kept, rows), hasHead, hasEnd: false }
}

/** Puts the parts that are drawn below each other into two columns a page, in their order: of each page, of each column, which parts. */
export function packed(page: HTMLElement, parts: number): readonly (readonly (readonly number[])[])[] {
  const room = roomOf(page)
  const drawn = page.querySelectorAll('.picture-part')
  const pages: number[][][] = [[[], []]]
  let [column, filled] = [0, 0]
  for (let part = 0; part < parts; part++) {
    const height = (drawn[part]?.getBoundingClientRect().height ?? 0) + GAP
    if (filled > 0 && filled + height > room) {
      column++
      filled = 0
      if (column === 2) {
        pages.push([[], []])
        column = 0
      }
    }
    pages.at(-1)?.[column]?.push(part)
    filled += height
  }
  return pages
}

const GAP = 12 // px between two parts
