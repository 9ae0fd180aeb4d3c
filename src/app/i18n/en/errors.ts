import type { MessagesLike } from '../message-type'
import type { errors as zh } from '../zh-cn/errors'

export const errors: MessagesLike<typeof zh> = {
  'error.storage-full': "The phone's storage is full",
  'error.storage-full-todo': 'Delete some photos or videos, then try again. Nothing that waits for upload is lost.',
  'error.storage-blocked': 'Gatepost is open in another page',
  'error.storage-blocked-todo': 'Close the other Gatepost pages, then try again.',
  'error.storage-closed': 'The records cannot be opened right now',
  'error.storage-closed-todo': 'Try again; if that does not help, close the app and open it again.',
  'error.storage-unavailable': 'This browser does not let anything be stored',
  'error.storage-unavailable-todo': "Leave private browsing, or open Gatepost in the phone's own browser.",
  'error.storage-fault': 'The phone could not store data',
  'error.storage-fault-todo': 'Try again; if that does not help, restart the phone.',
}
