/** 3.4 MB, 12 GB: bytes in thousands, for a person. */
export function bytesText(bytes: number): string {
  const units = ['kB', 'MB', 'GB'] as const
  let size = bytes / 1000
  let unit = 0
  while (size >= 1000 && unit < units.length - 1) {
    size /= 1000
    unit++
  }
  return `${size < 10 ? size.toFixed(1) : Math.round(size)} ${units[unit]}`
}
