import type { MessagesLike } from '../message-type'
import type { returned as zh } from '../zh-cn/returned'

export const returned: MessagesLike<typeof zh> = {}
