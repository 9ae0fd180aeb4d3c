import { activate } from './en/activate'
import { common } from './en/common'
import { day } from './en/day'
import { errors } from './en/errors'
import { gate } from './en/gate'
import { incident } from './en/incident'
import { lock } from './en/lock'
import { log } from './en/log'
import { manage } from './en/manage'
import { register } from './en/register'
import { returned } from './en/returned'
import { roster } from './en/roster'
import { settings } from './en/settings'
import { shift } from './en/shift'
import type { MessagesLike } from './message-type'
import type { zhCN } from './zh-cn'

export const en: MessagesLike<typeof zhCN> = {
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
}
