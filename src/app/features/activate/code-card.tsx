import { groupedCode } from './invite-code'

/** A code large enough to be copied by eye or read out. */
export function CodeCard({ label, code, note }: { readonly label: string; readonly code: string; readonly note?: string }) {
  return (
    <section class="code-card">
      <p class="code-card-label">{label}</p>
      <p class="code-card-code">{groupedCode(code)}</p>
      {note && <p class="code-card-note">{note}</p>}
    </section>
  )
}
