import { expect, test } from 'vitest'
import { type Corrections, correctionsOf, rowsOf, textOf } from '../../src/app/features/log/corrections'
import type { Told } from '../../src/domain/operation'
import { passageOf } from '../../src/domain/passage'
import { BASE_RULES } from '../../src/domain/rules/rules'
import { aCheckIn, aKey, aReading } from '../support/builders'

const { kind: _k, subject: _s, direction: _d, measured: _m, way: _w, rules: _r, ...STAMP } = aCheckIn()
const fever = aCheckIn({ measured: aReading(37.6) })
const target = fever.key
const neck: Told = { ...STAMP, key: aKey(), seq: 900, kind: 'retest', target, reading: aReading(37.5, { site: 'neck', attempt: 2 }) }
const left: Told = { ...STAMP, key: aKey(), seq: 901, kind: 'walk-off', target }
const passage = passageOf(fever, [neck, left], () => BASE_RULES)
const reason = '点错了'
const form: Corrections = {
  direction: 'in',
  note: '',
  reason,
  readings: new Map(rowsOf(passage).map((row) => [row.key, textOf(row)])),
  stayed: false,
}
const typed = (key: typeof target, text: string) => new Map([...form.readings, [key, text]])
const made = (part: Partial<Corrections>, of = passage) => correctionsOf(of, { ...form, ...part }, BASE_RULES.bands)

test('a form that nobody touched says nothing', () => {
  expect(made({})).toEqual({ ok: true, value: [] })
})

test('each reading of the chain is corrected by itself; a retest that is emptied is taken back', () => {
  const ofFirst = { kind: 'amend', target, reason, measured: { celsius: 36.6, site: 'forehead', attempt: 1 } }
  expect(made({ readings: typed(target, '36.6') })).toEqual({ ok: true, value: [ofFirst] })
  const ofNeck = { kind: 'amend', target, only: neck.key, reason, measured: { celsius: 36.5, site: 'neck', attempt: 2 } }
  expect(made({ readings: typed(neck.key, '36,5') })).toEqual({ ok: true, value: [ofNeck] })
  expect(made({ readings: typed(neck.key, ' ') })).toEqual({ ok: true, value: [{ kind: 'void', target, only: neck.key, reason }] })
})

test('a walk-off that was none is taken back with the rest', () => {
  expect(made({ stayed: true, direction: 'out' })).toEqual({
    ok: true,
    value: [
      { kind: 'amend', target, reason, direction: 'out' },
      { kind: 'void', target, only: left.key, reason },
    ],
  })
})

test('a reading that cannot be, and a first one that was emptied, are told by their place', () => {
  expect(made({ readings: typed(neck.key, '98') })).toEqual({ ok: false, error: [neck.key] })
  expect(made({ readings: typed(target, '') })).toEqual({ ok: false, error: [target] })
})

test('who was not measured gets a first reading', () => {
  const unmeasured = passageOf(aCheckIn({ measured: { reason: 'refused' } }), [], () => BASE_RULES)
  const readings = new Map([[unmeasured.key, '36.5']])
  const measured = { celsius: 36.5, site: 'forehead', attempt: 1 }
  expect(made({ readings }, unmeasured)).toEqual({ ok: true, value: [{ kind: 'amend', target: unmeasured.key, reason, measured }] })
})
