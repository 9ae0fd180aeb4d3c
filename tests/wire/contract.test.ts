import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { openApi } from '../../src/server/openapi'
import { PROBLEM_CODES, REJECTION_CODES } from '../../src/wire/problem'

/** Changed on purpose? Then say in the README what, keep two versions back alive, and put the new hash here. */
const CONTRACT = 'babed0838748c13542814b2f42b4e5e4c9f920ffa1d4528620596cd68f978c2b'

test('the schemas are those that phones in the field know', () => {
  expect(createHash('sha256').update(JSON.stringify(openApi())).digest('hex')).toBe(CONTRACT)
})

test('the specification names every problem and every rejection', () => {
  const text = readFileSync('src/wire/README.md', 'utf8')
  expect([...PROBLEM_CODES, ...REJECTION_CODES].filter((code) => !text.includes(`\`${code}\``))).toEqual([])
})

test('each invariant names a test that is there', () => {
  const [, invariants = ''] = readFileSync('src/wire/README.md', 'utf8').split('## Invariants')
  const named = [...invariants.matchAll(/`(tests\/[^`]+)`/g)].map(([, file = '']) => file)
  expect(named.length).toBeGreaterThan(15)
  expect(named.filter((file) => !existsSync(file))).toEqual([])
})
