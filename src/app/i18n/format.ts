import { language, t } from './translate'

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const two = (n: number) => String(n).padStart(2, '0')

/** 07:31, in the phone's zone. */
export function clockText(ms: number): string {
  const time = new Date(ms)
  return `${two(time.getHours())}:${two(time.getMinutes())}`
}

/** 2月18日, or 18 Feb. */
export function dayText(ms: number): string {
  const time = new Date(ms)
  return language.value === 'en' ? `${time.getDate()} ${MONTHS[time.getMonth()]}` : `${time.getMonth() + 1}月${time.getDate()}日`
}

/** 2月18日 07:31, or 18 Feb 07:31. */
export function dayClockText(ms: number): string {
  return `${dayText(ms)} ${clockText(ms)}`
}

/** 36.5, always with its tenth. */
export function celsiusText(celsius: number): string {
  return celsius.toFixed(1)
}

/** 40秒, 3分钟, 2小时, 5天: how long, roundly. */
export function spanText(ms: number): string {
  const seconds = Math.round(Math.abs(ms) / 1000)
  if (seconds < 60) return t('span.seconds', { count: seconds })
  if (seconds < 3_600) return t('span.minutes', { count: Math.round(seconds / 60) })
  if (seconds < 2 * 86_400) return t('span.hours', { count: Math.round(seconds / 3_600) })
  return t('span.days', { count: Math.round(seconds / 86_400) })
}
