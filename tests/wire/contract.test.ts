import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { openApi } from '../../src/server/openapi'
import { PROBLEM_CODES, REJECTION_CODES } from '../../src/wire/problem'

/** Changed on purpose? Then say in the README what, keep two versions back alive, and put the new hash here. */
const CONTRACT = 'f58356872e444f5202183aae61e146663dc4d807e842917c40c02af97aa0f0ad'

test('the schemas are those that phones in the field know', () => {
  expect(createHash('sha256').update(JSON.stringify(openApi())).digest('hex')).toBe(CONTRACT)
})

test('the specification names every problem and every rejection', () => {
  const text = readFileSync('src/wire/README.md', 'utf8')
  expect([...PROBLEM_CODES, ...REJECTION_CODES].filter((code) => !text.includes(`\`${code}\``))).toEqual([])
})
