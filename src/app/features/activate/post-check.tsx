import { placeOf } from '../../../domain/community'
import type { PostId } from '../../../domain/ids'
import { t } from '../../i18n/translate'
import { useServices } from '../../services'
import { Choice } from '../../ui/choice'
import { CheckCard } from './check-card'

/** Which post the phone stands at, where its invite offers several: every record names one. */
export function PostCheck() {
  const { identity, changeIdentity } = useServices()
  const { posts, postId } = identity.value
  if (posts.length < 2) return null
  return (
    <CheckCard icon="home" title={t('check.post')}>
      <Choice<PostId>
        legend={t('check.post-question')}
        value={postId}
        onChange={(chosen) => void changeIdentity({ postId: chosen })}
        options={posts.map(({ id, compoundName, name }) => ({ value: id, label: placeOf({ compoundName, name }) }))}
      />
    </CheckCard>
  )
}
