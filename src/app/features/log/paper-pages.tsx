import { useSignal } from '@preact/signals'
import type { VNode } from 'preact'
import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { DayPicture } from '../../../domain/day-picture'
import type { Sheet } from '../../../reports/sheet'
import { type Cut, PaperPage, SheetPart } from './paper'
import { cutOf, packed } from './paper-cuts'
import { pictureParts } from './picture'

const TRIED = 60 // rows; more than a page takes
const MORE = 6 // rows that are tried beyond those of the page before

/** What is being fitted on the next page: rows from one on, or the picture's parts. */
type Draft = { readonly at: 'rows'; readonly from: number; readonly to: number } | { readonly at: 'picture' } | { readonly at: 'done' }

export interface PaperPagesProps {
  readonly sheet: Sheet
  readonly picture: DayPicture | undefined
  /** `done` rows are on paper; at the end, all of them and `isWhole`. */
  readonly onProgress: (done: number, isWhole: boolean) => void
}

/**
 * A report cut into pages: each is drawn, measured and kept before the next, so that a long one never holds up the screen, and each
 * browser gets the heading, the number and the check code on every page.
 */
export function PaperPages({ sheet, picture, onProgress }: PaperPagesProps) {
  const of = useSignal<number | undefined>(undefined)
  // A page that is kept is the same node, which is not drawn again.
  const pages = useRef<VNode[]>([])
  const [draft, setDraft] = useState<Draft>({ at: 'rows', from: 0, to: Math.min(TRIED, sheet.rows.length) })
  const drawn = useRef<HTMLElement>(null)
  const no = pages.current.length + 1

  useLayoutEffect(() => {
    const page = drawn.current
    if (!page) return
    const next = draft.at === 'rows' ? keepRows(page, draft.from) : keepPicture(page)
    const timer = setTimeout(() => {
      if (next.at === 'done') of.value = pages.current.length
      onProgress(next.at === 'rows' ? next.from : sheet.rows.length, next.at === 'done')
      setDraft(next)
    })
    return () => clearTimeout(timer)
  }, [draft])

  const keep = (children: VNode) => {
    const number = pages.current.length + 1
    pages.current.push(
      <PaperPage key={number} sheet={sheet} no={number} of={of}>
        {children}
      </PaperPage>,
    )
  }
  const keepRows = (page: HTMLElement, from: number): Draft => {
    const cut = cutOf(page, from, sheet.rows.length)
    keep(<SheetPart sheet={sheet} cut={cut} />)
    const tried = Math.min(cut.to - from + MORE, TRIED)
    if (!cut.hasEnd) return { at: 'rows', from: cut.to, to: Math.min(cut.to + tried, sheet.rows.length) }
    return picture ? { at: 'picture' } : { at: 'done' }
  }
  const keepPicture = (page: HTMLElement): Draft => {
    const parts = picture ? pictureParts(picture) : []
    for (const columns of packed(page, parts.length)) {
      keep(
        <div class="paper-columns">
          {columns.map((column, i) => (
            <div key={i}>{column.map((part) => parts[part])}</div>
          ))}
        </div>,
      )
    }
    return { at: 'done' }
  }

  const tried: Cut = {
    from: draft.at === 'rows' ? draft.from : 0,
    to: draft.at === 'rows' ? draft.to : 0,
    hasHead: draft.at === 'rows' && draft.from === 0 && pages.current.length === 0,
    hasEnd: draft.at === 'rows' && draft.to === sheet.rows.length,
  }
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
    <section class="paper" tabIndex={0} aria-label={sheet.title}>
      {pages.current}
      {draft.at !== 'done' && (
        <div class="paper-draft" aria-hidden="true" key="draft">
          <PaperPage sheet={sheet} no={no} of={of} pageRef={drawn}>
            {draft.at === 'rows' ? (
              <SheetPart sheet={sheet} cut={tried} />
            ) : (
              <div class="paper-columns">
                <div>{picture && pictureParts(picture)}</div>
              </div>
            )}
          </PaperPage>
        </div>
      )}
    </section>
  )
}
