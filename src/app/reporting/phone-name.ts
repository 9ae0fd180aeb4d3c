import type { Identity } from '../../storage/identity'

/** 南门 1f3a: how a phone is called where nobody is signed in, and by other phones. */
export function phoneName({ posts, postId, deviceId }: Pick<Identity, 'posts' | 'postId' | 'deviceId'>): string {
  const post = posts.find(({ id }) => id === postId)
  return [post?.name, deviceId.slice(0, 4)].filter(Boolean).join(' ')
}
