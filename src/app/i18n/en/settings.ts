import type { MessagesLike } from '../message-type'
import type { settings as zh } from '../zh-cn/settings'

export const settings: MessagesLike<typeof zh> = {}
