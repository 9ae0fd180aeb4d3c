import type { MessagesLike } from '../message-type'
import type { roster as zh } from '../zh-cn/roster'

export const roster: MessagesLike<typeof zh> = {}
