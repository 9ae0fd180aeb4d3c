import { t } from '../../i18n/translate'
import type { Services } from '../../services'
import { Notice } from '../../ui/notice'
import { Screen } from '../../ui/screen'

export interface AlreadyActiveProps {
  readonly services: Services
  readonly linkCode: string | undefined
}

/** An active phone has no use for a further code; the code stays good for another phone. */
export function AlreadyActive({ services, linkCode }: AlreadyActiveProps) {
  const { community, posts, postId } = services.identity.value
  const post = posts.find(({ id }) => id === postId)
  return (
    <Screen
      title={t('activate.title')}
      foot={
        <>
          <a class="button button-plain" href="/check">
            {t('activate.to-check')}
          </a>
          <a class="button button-main button-tall" href="/">
            {t('activate.to-gate')}
          </a>
        </>
      }
    >
      <Notice tone="saved" title={t('activate.already')}>
        {t('activate.already-at', { community: community.name, post: post?.name ?? '' })}
      </Notice>
      {linkCode && <p>{t('activate.already-code')}</p>}
    </Screen>
  )
}
