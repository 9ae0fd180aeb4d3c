import { afterPaint } from './after-paint'

/** The button stands at the foot of a small screen; what it refuses for may be far above, or far below. */
export function errorInSight(form: ParentNode = document): void {
  afterPaint(() => form.querySelector('.field-error')?.scrollIntoView({ block: 'center' }))
}
