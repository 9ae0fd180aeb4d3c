import { expect, test } from 'vitest'
import { openApi } from '../../src/server/openapi'
import { PATHS } from '../../src/wire/protocol'

test('the description names every path, its answers and its problems, and every reference leads somewhere', () => {
  const text = JSON.stringify(openApi())
  const described = JSON.parse(text)
  expect(described.openapi).toBe('3.1.0')
  expect(Object.keys(described.paths).sort()).toEqual(
    Object.values(PATHS)
      .filter((path) => path !== PATHS.openapi)
      .sort(),
  )
  for (const path of Object.values<Record<string, { responses: object; operationId: string }>>(described.paths)) {
    for (const { responses } of Object.values(path)) expect(Object.keys(responses)).toEqual(['200', '4XX', '5XX'])
  }
  for (const [, name] of text.matchAll(/"#\/components\/schemas\/([A-Za-z]+)"/g))
    expect(described.components.schemas).toHaveProperty(String(name))
})
