import { expect, test } from 'vitest'
import { localIdentity, missingIn } from '../../src/app/features/activate/local-identity'
import type { DeviceId } from '../../src/domain/ids'
import { resolveRules } from '../../src/domain/rules/rule-set'
import { NANJING_RULES } from '../../src/wire/nanjing'

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

test('what the lead says of the place and its rules decides offline; what nobody said is left open', () => {
  const parts = { now: 1_000, newId: () => crypto.randomUUID(), deviceId: 'thumbprint' as DeviceId }
  const none = { ...FORM, type: 'compound-gate', management: 'none', enclosed: false, official: ' 陈立新 13800000000 ' } as const
  const identity = localIdentity(none, { ...parts, ruleSets: NANJING_RULES })
  const [post] = identity.posts
  expect(post?.setting).toEqual({ management: 'none', enclosed: false, official: '陈立新 13800000000' })
  if (!post) throw new Error('a local post without a post')
  const passAsked = (day: string) => resolveRules(identity.ruleSets, post, Date.parse(`${day}T08:00:00+08:00`)).pass
  expect([passAsked('2020-02-18'), passAsked('2020-02-21')]).toEqual(['required', 'not-asked'])
  expect(localIdentity({ ...none, management: 'property' }, parts).posts[0]?.setting).toEqual({ management: 'property', enclosed: false })
  expect(localIdentity(FORM, parts).ruleSets).toEqual([])
})
