import { expect, test } from 'vitest'
import type { Post } from '../../src/domain/community'
import type { CompoundId } from '../../src/domain/ids'
import { BASE_RULES } from '../../src/domain/rules/rules'
import { previewOf } from '../../src/server/commands/preview'
import { MORNING } from '../support/builders'
import { SOUTH_GATE } from '../support/community'

const GATE: Post = { id: SOUTH_GATE, name: '南门', type: 'compound-gate', compoundId: 'c' as CompoundId, compoundName: '梧桐苑' }

test('what a preview says comes after the question is what the gate does: no reading where none is asked', () => {
  const said = previewOf({ ...BASE_RULES, pass: 'required', readingOn: 'in' }, [], GATE, MORNING)
  const resident = said.findIndex((line) => line.includes('业主'))
  expect(said[resident]).toMatch(/in +请登记 register: 出入证 permit; then 请测温$/)
  expect(said[resident + 1]).toMatch(/out +请登记 register: 出入证 permit; then 可通行$/)
})
