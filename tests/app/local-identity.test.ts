import { expect, test } from 'vitest'
import { localIdentity, missingIn } from '../../src/app/features/activate/local-identity'
import type { DeviceId } from '../../src/domain/ids'

const FORM = {
  type: 'village-gate' as const,
  post: ' 南门 ',
  compound: '',
  body: '石榴坊社区居委会',
  contact: '王主任',
}

test('a local post has to say who collects and whom to ask before its first record', () => {
  expect(missingIn(FORM)).toEqual([])
  expect(missingIn({ ...FORM, post: ' ', compound: '', body: '', contact: '' })).toEqual(['post', 'body', 'contact'])
})

test('a local post works at once, under ids of its own that the server can learn later', () => {
  let made = 0
  const identity = localIdentity(FORM, { now: 1_000, newId: () => `id-${++made}`, deviceId: 'thumbprint' as DeviceId })
  expect(identity).toMatchObject({ state: 'local', role: 'lead', deviceId: 'thumbprint', activatedAt: 1_000 })
  expect(identity.posts).toEqual([
    { id: identity.postId, name: '南门', type: 'village-gate', compoundId: identity.localCompoundId, compoundName: '' },
  ])
  expect(identity.localPostId).toBe(identity.postId)
  expect(identity.community).toMatchObject({ collectingBody: '石榴坊社区居委会', contact: '王主任' })
})
