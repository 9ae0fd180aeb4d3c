import { type Day, dayOf } from './time'

/** 07:31. `zone`: minutes east. */
export const clock = (at: number, zone: number) => new Date(at + zone * 60_000).toISOString().slice(11, 16)

/** 07:31, or 02-19 07:31 where that is another day than the one that is told of. */
export function clockOn(at: number, { day, zone }: { readonly day: Day; readonly zone: number }): string {
  const own = dayOf(at, zone)
  return own === day ? clock(at, zone) : `${own.slice(5)} ${clock(at, zone)}`
}
