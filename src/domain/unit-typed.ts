import type { UnitAddress } from './roster'

/** 3-2-501 in its parts, 12 as a village's number, anything else as it was written; undefined for nothing. */
export function addressTyped(typed: string): UnitAddress | undefined {
  const text = typed.normalize('NFKC').trim()
  if (text === '') return undefined
  const parts = text.split(/[-\s.幢栋单元室号]+/).filter((part) => part !== '')
  const [building = '', unit = '', room = ''] = parts
  return parts.length === 3 ? { building, unit, room } : { building: '', unit: '', room: text.replace(/号$/, '') }
}
