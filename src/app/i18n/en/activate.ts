import type { MessagesLike } from '../message-type'
import type { activate as zh } from '../zh-cn/activate'

export const activate: MessagesLike<typeof zh> = {}
