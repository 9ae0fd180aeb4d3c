import { visit as english } from '../i18n/en/visit'
import { visit } from '../i18n/zh-cn/visit'

/** Both languages come with the page: a switch asks the network for nothing, and the gate's other words stay away. */
const WORDS = { 'zh-CN': visit, en: english } as const

export type VisitLanguage = keyof typeof WORDS
export type VisitWord = keyof typeof visit
export type Say = (key: VisitWord) => string

export function sayIn(language: VisitLanguage): Say {
  return (key) => WORDS[language][key]
}
