import type { MessagesLike } from '../message-type'
import type { gate as zh } from '../zh-cn/gate'

export const gate: MessagesLike<typeof zh> = {}
