/** Gives a file to the share sheet where there is one, else as a download. A person who closes the sheet has decided; that is no error. */
export async function handOver(file: File): Promise<void> {
  if (navigator.canShare?.({ files: [file] })) {
    try {
      return await navigator.share({ files: [file], title: file.name })
    } catch (cause) {
      if (cause instanceof DOMException && cause.name === 'AbortError') return
      // Sharing was not allowed: a download still is.
    }
  }
  const url = URL.createObjectURL(file)
  const link = document.createElement('a')
  link.href = url
  link.download = file.name
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 60_000) // ms; a slow phone is still writing it
}
