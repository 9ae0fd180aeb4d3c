import { err, ok, type Result } from './result'

/** The character that a plate begins with. Where a car is registered says nothing about who sits in it: no rule may ask for it. */
export const PROVINCES: readonly string[] = Array.from('京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼')

export const PLATE_KINDS = ['usual', 'new-energy', 'special'] as const
export type PlateKind = (typeof PLATE_KINDS)[number]

export interface Plate {
  /** Upper case, half width, without spaces and dots: 苏A12345. */
  readonly text: string
  readonly kind: PlateKind
}

export type PlateError =
  | { readonly kind: 'empty' }
  /** Temporary, military and foreign plates, too: warn, and let it be kept as free text. */
  | { readonly kind: 'no-plate' }

/** Reads a typed number plate of the mainland (GA 36-2018); no check character exists, so a slip of one digit goes unseen. */
export function parsePlate(text: string): Result<Plate, PlateError> {
  const plain = plateText(text)
  if (plain === '') return err({ kind: 'empty' })
  const kind = kindOf(plain)
  return kind ? ok({ text: plain, kind }) : err({ kind: 'no-plate' })
}

/** 苏***45, however long the plate is. Free text shows its end only if that is two digits: it may hold a name. */
export function maskPlate(text: string): string {
  const characters = Array.from(plateText(text))
  const [first = ''] = characters
  const province = PROVINCES.includes(first) ? first : ''
  const tail = characters.slice(-2).join('')
  const showsTail = kindOf(characters.join('')) !== undefined || (characters.length >= FREE_TEXT_LEAST && /^\d\d$/.test(tail))
  return `${province}***${showsTail ? tail : ''}`
}

const FREE_TEXT_LEAST = 5 // of fewer characters, a province and a tail would leave next to nothing masked

const kindOf = (plain: string) => PLATE_KINDS.find((kind) => FORMS[kind].some((pattern) => pattern.test(plain)))

/** A plate, or free text in its place, as it is kept and compared. */
export const plateText = (text: string) => text.normalize('NFKC').toUpperCase().replace(SEPARATORS, '')

const SEPARATORS = /[\s\p{Pd}\p{Cf}.·•‧∙⋅・。]/gu // \p{Cf}: unseen direction marks, which come along with pasted text

const PROVINCE = `[${PROVINCES.join('')}]`
const OFFICE = '[A-HJ-Z]' // O is no longer given out, but still driven; I never was
const SERIAL = '[A-HJ-NP-Z0-9]' // no I, no O: they read as 1 and 0
const ENERGY = '[A-HJK]' // D, A, B, C, E: electric only; F, G, H, J, K: not only

const FORMS: Readonly<Record<PlateKind, readonly RegExp[]>> = {
  usual: [form(`${PROVINCE}${OFFICE}${SERIAL}{5}`)],
  'new-energy': [form(`${PROVINCE}${OFFICE}${ENERGY}${SERIAL}\\d{4}`), form(`${PROVINCE}${OFFICE}\\d{5}${ENERGY}`)],
  special: [
    form(`${PROVINCE}${OFFICE}${SERIAL}{4}[警学挂领]`),
    form(`粤Z${SERIAL}{4}[港澳]`),
    // Embassies and consulates: the sign stands behind, on older plates in front.
    form('\\d{6}[使领]'),
    form('[使领]\\d{6}'),
    // Fire and forest fire brigades, car and motorcycle: 国办发〔2018〕114号.
    form(`${PROVINCE}${OFFICE}${SERIAL}{4}应急`),
    form(`应急${PROVINCE}${SERIAL}{3}${OFFICE}`),
    // The armed police, their plates of 2012; headquarters bear no province.
    form(`WJ${PROVINCE}?\\d{4}[\\dBDHJSTX]`),
  ],
}

function form(pattern: string): RegExp {
  return new RegExp(`^${pattern}$`, 'u')
}
