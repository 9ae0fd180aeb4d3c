import { expect, test } from 'vitest'
import { readConfig } from '../../src/server/config'

test('unset, it listens on 8080 everywhere, with a PostgreSQL of its own', () => {
  expect(readConfig({})).toMatchObject({ host: '0.0.0.0', port: 8080 })
  expect(readConfig({}).databaseUrl).toBeUndefined()
})

test.each([
  [{ PORT: 'abc' }, /^PORT must be/],
  [{ PORT: '65536' }, /^PORT must be/],
  [{ DATABASE_URL: 'mysql://x' }, /^DATABASE_URL must look like/],
  [{ TLS_CERT: 'x' }, /TLS_KEY is missing/],
  [{ TLS_KEY: 'x' }, /TLS_CERT is missing/],
  [{ TLS_CERT: '/nowhere/a', TLS_KEY: '/nowhere/b' }, /^TLS_CERT: the file .* cannot be read/],
  [{ TRUST_PROXY: 'maybe' }, /^TRUST_PROXY must be/],
])('%j is one clear line', (environment, words) => {
  expect(() => readConfig(environment)).toThrow(words)
  try {
    readConfig(environment)
  } catch (cause) {
    expect(String(cause)).not.toContain('\n')
  }
})

test.each([
  ['true', true],
  ['false', false],
  ['127.0.0.1', '127.0.0.1'],
  ['10.0.0.0/8, ::1', '10.0.0.0/8, ::1'],
])('TRUST_PROXY %s', (text, value) => {
  expect(readConfig({ TRUST_PROXY: text }).trustProxy).toBe(value)
})
