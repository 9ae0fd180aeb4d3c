import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { BASE_RULES } from '../../src/domain/rules/rules'
import { readRuleSets } from '../../src/server/commands/rule-file'

const folder = mkdtempSync(join(tmpdir(), 'gatepost-rules-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const SET = {
  id: 'n-1',
  title: '试行',
  scope: { level: 'city' },
  effectiveFrom: '2020-02-18T00:00:00+08:00',
  parameters: { mask: 'required' },
  text: '试行。',
  textFound: true,
}

function read(part: object) {
  const file = join(folder, 'rules.json')
  writeFileSync(file, JSON.stringify([{ ...SET, ...part }]))
  return readRuleSets(file)
}
const bands = (forehead: object) => ({
  parameters: { bands: { ...BASE_RULES.bands, forehead: { ...BASE_RULES.bands.forehead, ...forehead } } },
})

test.each([
  [{ scope: { level: 'management', managment: ['none'] } }, '/0/scope/managment'],
  [{ scope: { level: 'management' } }, 'names management, enclosed, or both'],
  [{ scope: { level: 'post-type', type: 'metro-exit', compound: 'c' } }, '/0/scope/compound'],
  [{ effectiveUntill: '2020-03-01T00:00:00+08:00' }, '/0/effectiveUntill'],
  [{ parameters: { maks: 'required' } }, '/0/parameters/maks'],
  [{ effectiveUntil: '2020-02-17T00:00:00+08:00' }, '/0/effectiveUntil: effectiveUntil must be after effectiveFrom'],
  [{ effectiveUntil: SET.effectiveFrom }, 'must be after'],
  [{ effectiveFrom: '2020-02-30T00:00:00+08:00' }, '/0/effectiveFrom: an instant with its offset, of a day that is'],
  [{ effectiveFrom: '2020-02-18T00:00:00' }, '/0/effectiveFrom: an instant'],
  [{ effectiveFrom: '2020-02-18' }, '/0/effectiveFrom: an instant'],
  [bands({ threshold: 373 }), '/0/parameters/bands: bands must rise'],
  [bands({ tooLowBelow: 37.5 }), 'bands must rise'],
  [bands({ least: 29 }), 'within 30 and 45 °C'],
  [bands({ most: 37 }), 'bands must rise'],
])('a rule file with %j is not taken: what is published is never changed', (part, told) => {
  expect(() => read(part)).toThrow(told)
})

test.each<object>([
  { effectiveFrom: '2020-02-29T00:00:00+08:00', effectiveUntil: '2020-02-28T23:00:00-02:00' },
  { scope: { level: 'management', enclosed: false } },
  { scope: { level: 'management', management: ['none'] } },
  bands({ threshold: 37.0 }),
])('one with %j is', (part) => {
  expect(read(part)).toEqual([{ ...SET, ...part }])
})
