import { expect, test } from 'vitest'
import { byUrgency } from '../../src/app/features/gate/matters-here'
import type { OpenMatter } from '../../src/app/features/gate/open-matters'
import { BASE_RULES } from '../../src/domain/rules/rules'
import { aCheckIn, aKey } from '../support/builders'

const NOW = Date.parse('2020-02-18T07:31:00+08:00')
const services = { judgedBy: () => BASE_RULES, now: () => NOW }
const checkIn = aCheckIn()
/** Somebody who was measured so many seconds ago. */
function waits(name: string, seconds: number, part: object = {}): OpenMatter & { readonly name: string } {
  const passage = { key: aKey(), checkIn, step: { at: 'wait', site: 'neck' }, lastReadingAt: NOW - seconds * 1000, ...part }
  return { name, passage } as never
}
const incident = (name: string, takenOver?: object) => ({ ...waits(name, 900), incident: { takenOver } }) as never

test('whom somebody has to see to stands first, then incidents, then who waits; what others took over is last', () => {
  const matters = [
    incident('taken over', {}),
    waits('4 minutes to go', 60),
    incident('an incident'),
    waits('1 minute to go', 240),
    waits('due', 301),
    waits('too low', 1, { step: { at: 'too-low', site: 'wrist' } }),
  ]
  expect(byUrgency(matters, services).map((each) => (each as unknown as { name: string }).name)).toEqual([
    'due',
    'too low',
    'an incident',
    '1 minute to go',
    '4 minutes to go',
    'taken over',
  ])
})
