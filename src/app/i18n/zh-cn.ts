import { activate } from './zh-cn/activate'
import { common } from './zh-cn/common'
import { errors } from './zh-cn/errors'
import { gate } from './zh-cn/gate'
import { lock } from './zh-cn/lock'
import { log } from './zh-cn/log'
import { manage } from './zh-cn/manage'
import { returned } from './zh-cn/returned'
import { roster } from './zh-cn/roster'
import { settings } from './zh-cn/settings'

/** The first language, and the list of keys. */
export const zhCN = { ...common, ...errors, ...gate, ...lock, ...log, ...manage, ...returned, ...activate, ...roster, ...settings } as const
