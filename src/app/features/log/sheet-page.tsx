import type { Cell, Sheet, SheetColumn } from '../../../reports/sheet'

/** A report's page on paper; on the screen it scrolls sideways in its own frame. */
export function SheetPage({ sheet }: { readonly sheet: Sheet }) {
  return (
    <div class="paper">
      <h2>{sheet.title}</h2>
      {sheet.about.map((line) => (
        <p key={line}>{line}</p>
      ))}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard */}
      <section class="paper-frame" tabIndex={0} aria-label={sheet.title}>
        <table class={sheet.columns.length > 25 ? 'paper-table paper-table-wide' : 'paper-table'}>
          <thead>
            <tr>
              {sheet.columns.map(({ name, title }) => (
                <th key={name} scope="col">
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {sheet.rows.map((row, i) => (
              <tr key={i}>
                {row.map((cell, j) => (
                  <td key={sheet.columns[j]?.name} class={typeof cell === 'number' ? 'paper-number' : ''}>
                    {textOf(cell, sheet.columns[j])}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {sheet.footer.map((line) => (
        <p key={line}>{line}</p>
      ))}
      <p class="paper-signatures">
        {sheet.signatures.map((name) => (
          <span key={name}>{name}：</span>
        ))}
      </p>
    </div>
  )
}

const textOf = (cell: Cell, column: SheetColumn | undefined) =>
  typeof cell === 'number' && column?.kind === 'celsius' ? cell.toFixed(1) : cell
