import { activate } from './zh-cn/activate'
import { common } from './zh-cn/common'
import { day } from './zh-cn/day'
import { errors } from './zh-cn/errors'
import { gate } from './zh-cn/gate'
import { incident } from './zh-cn/incident'
import { lock } from './zh-cn/lock'
import { log } from './zh-cn/log'
import { manage } from './zh-cn/manage'
import { register } from './zh-cn/register'
import { returned } from './zh-cn/returned'
import { roster } from './zh-cn/roster'
import { settings } from './zh-cn/settings'
import { shift } from './zh-cn/shift'

/** The first language, and the list of keys. */
export const zhCN = {
  ...common,
  ...day,
  ...errors,
  ...gate,
  ...lock,
  ...log,
  ...manage,
  ...returned,
  ...activate,
  ...roster,
  ...settings,
  ...register,
  ...incident,
  ...shift,
} as const
