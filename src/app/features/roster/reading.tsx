/** Long work without a measure of its own. */
export function Reading({ label }: { readonly label: string }) {
  return (
    <div class="roster-reading" role="status">
      <p>{label}</p>
      <progress aria-label={label} />
    </div>
  )
}
