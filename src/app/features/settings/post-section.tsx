import { placeOf } from '../../../domain/community'
import type { PostId } from '../../../domain/ids'
import { t } from '../../i18n/translate'
import { useServices } from '../../services'
import { Choice } from '../../ui/choice'
import { Facts, Section } from '../../ui/facts'

/** Where this phone stands and for whom it collects; another post is one tap, where the invite offered several. */
export function PostSection() {
  const { identity, changeIdentity, post } = useServices()
  const { official } = post.value.setting ?? {}
  const { posts, postId, community } = identity.value
  const [only] = posts
  return (
    <Section title={t('status.post')}>
      {posts.length > 1 ? (
        <Choice<PostId>
          legend={t('status.post-choose')}
          options={posts.map((post) => ({ value: post.id, label: placeOf(post) }))}
          value={postId}
          onChange={(chosen) => void changeIdentity({ postId: chosen })}
        />
      ) : (
        only && <p>{placeOf(only)}</p>
      )}
      <Facts
        facts={[
          { name: t('status.collected-by'), value: community.collectingBody },
          { name: t('status.contact'), value: community.contact },
          ...(official ? [{ name: t('status.official'), value: official }] : []),
        ]}
      />
    </Section>
  )
}
