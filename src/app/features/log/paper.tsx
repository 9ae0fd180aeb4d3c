import type { ReadonlySignal } from '@preact/signals'
import type { ComponentChildren, Ref } from 'preact'
import type { Cell, Sheet, SheetColumn } from '../../../reports/sheet'

export interface PaperPageProps {
  readonly sheet: Sheet
  /** From 1. */
  readonly no: number
  /** How many pages; empty while that is not known. */
  readonly of: ReadonlySignal<number | undefined>
  readonly children: ComponentChildren
  readonly pageRef?: Ref<HTMLElement>
}

/** One page of paper. Its foot tells what it is of, who made it, its check code, and which page it is: not every browser numbers pages. */
export function PaperPage({ sheet: { title, about, footer, page }, no, of, children, pageRef }: PaperPageProps) {
  return (
    <article class="paper-page on-paper" ref={pageRef ?? null}>
      <div class="paper-content">{children}</div>
      <footer class="paper-foot">
        <span>{[title, about[0]].join('　')}</span>
        <span>{footer.join('　')}</span>
        <span class="paper-number">
          {page.before}
          {no}
          {page.between}
          {of}
          {page.after}
        </span>
      </footer>
    </article>
  )
}

/** Which rows stand on a page, and what else does. */
export interface Cut {
  readonly from: number
  readonly to: number
  /** Title and span above the first rows. */
  readonly hasHead: boolean
  /** Lines to sign on below the last. */
  readonly hasEnd: boolean
}

export function SheetPart({ sheet, cut: { from, to, hasHead, hasEnd } }: { readonly sheet: Sheet; readonly cut: Cut }) {
  const { title, about, columns, rows, signatures } = sheet
  return (
    <>
      {hasHead && (
        <header class="paper-head">
          <h2>{title}</h2>
          {about.map((line) => (
            <p key={line}>{line}</p>
          ))}
        </header>
      )}
      {(hasHead || to > from) && (
        <table class={`paper-table ${SIZES.find(([least]) => columns.length >= least)?.[1] ?? ''}`}>
          <colgroup>
            {columns.map(({ name, width }) => (
              <col key={name} style={{ width: `${(width / sumOf(columns)) * 100}%` }} />
            ))}
          </colgroup>
          <thead>
            <tr>
              {columns.map(({ name, title: heading }) => (
                <th key={name} scope="col">
                  {heading}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.slice(from, to).map((row, i) => (
              <tr key={from + i}>
                {row.map((cell, j) => (
                  <td key={columns[j]?.name} class={classOf(cell, columns[j])}>
                    {textOf(cell, columns[j])}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {hasEnd && (
        <p class="paper-signatures">
          {signatures.map((name) => (
            <span key={name}>{name}：</span>
          ))}
        </p>
      )}
    </>
  )
}

/** From so many columns on, a smaller type. */
const SIZES = [
  [25, 'paper-table-closest'],
  [15, 'paper-table-close'],
] as const

const sumOf = (columns: readonly SheetColumn[]) => columns.reduce((sum, { width }) => sum + width, 0)

/** A date or a number is read at a glance, on one line. */
const classOf = (cell: Cell, column: SheetColumn | undefined) =>
  typeof cell === 'number' ? 'paper-cell-number' : column?.kind === 'date' || column?.kind === 'time' ? 'paper-cell-time' : ''

const textOf = (cell: Cell, column: SheetColumn | undefined) =>
  typeof cell === 'number' && column?.kind === 'celsius' ? cell.toFixed(1) : cell
