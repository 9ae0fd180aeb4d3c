import type { MessagesLike } from '../message-type'
import type { log as zh } from '../zh-cn/log'

export const log: MessagesLike<typeof zh> = {}
