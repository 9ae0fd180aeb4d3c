import tinyPinyin from 'tiny-pinyin'

/** Characters that are read otherwise as a surname than usually. */
const SURNAMES: Readonly<Record<string, string>> = {
  单: 's',
  曾: 'z',
  解: 'x',
  仇: 'q',
  查: 'z',
  盖: 'g',
  翟: 'z',
  缪: 'm',
  区: 'o',
  朴: 'p',
  冼: 'x',
  覃: 'q',
  尉: 'y',
  乐: 'y',
  员: 'y',
  折: 's',
  种: 'c',
  繁: 'p',
  秘: 'b',
  召: 's',
}
const CHINESE = /\p{Script=Han}/u

/** Pinyin initials in lower case: 张建华 > zjh, 曾伟 > zw; letters stay as they are. Empty where there is no table of sounds. */
export function initialsOf(name: string): string {
  if (!tinyPinyin.isSupported()) return ''
  return Array.from(name.trim(), (character, i) => {
    if (!CHINESE.test(character)) return /[a-z]/i.test(character) ? character.toLowerCase() : ''
    return (i === 0 ? SURNAMES[character] : undefined) ?? tinyPinyin.convertToPinyin(character, '', true).charAt(0)
  }).join('')
}
