/** What the phone's storage may answer, and what to do about it. */
export const errors = {
  'error.storage-full': '手机存储已满',
  'error.storage-full-todo': '请删除一些照片或视频，再点重试。未上传的记录都还在。',
  'error.storage-blocked': '值守在另一个页面里打开着',
  'error.storage-blocked-todo': '请关闭其他值守页面，再点重试。',
  'error.storage-closed': '手机暂时打不开记录',
  'error.storage-closed-todo': '请点重试；仍不行就关闭应用再打开。',
  'error.storage-unavailable': '这个浏览器不让保存数据',
  'error.storage-unavailable-todo': '请退出无痕模式，或换用系统浏览器打开。',
  'error.storage-fault': '手机没能保存数据',
  'error.storage-fault-todo': '请点重试；仍不行请重启手机。',
} as const
