import { placeOf } from '../../../domain/community'
import { t } from '../../i18n/translate'
import { useServices } from '../../services'
import { Button } from '../../ui/button'
import { QrCode } from '../../ui/qr-code'
import { Screen } from '../../ui/screen'
import './print.css'

/** The notice at the post: who collects what, what for, for how long, whom to ask, and who answers for a compound that nobody manages. A local post has no page yet for a visitor's phone. */
export function PosterScreen() {
  const { identity, post } = useServices()
  const { community, state } = identity.value
  const { official } = post.value.setting ?? {}
  const { collectingBody, contact } = community
  return (
    <Screen
      title={t('manage.to-poster')}
      back={{ href: state === 'active' ? '/manage' : '/status', label: t('common.back') }}
      foot={
        <Button look="main" tall wide icon="printer" onClick={() => print()}>
          {t('manage.print-do')}
        </Button>
      }
    >
      <article class="poster">
        <p class="poster-post">{placeOf(post.value)}</p>
        <h2>{t('poster.title')}</h2>
        <ol>
          <li>{t('poster.card')}</li>
          <li>{t('poster.measure')}</li>
          <li>{t('poster.wait')}</li>
        </ol>
        {state === 'active' && (
          <figure class="poster-visit">
            <QrCode text={`${location.origin}/visit`} label={t('poster.visit')} />
            <figcaption>{t('poster.visit')}</figcaption>
          </figure>
        )}
        {official && <p class="poster-official">{t('poster.official', { official })}</p>}
        <h3>{t('poster.privacy')}</h3>
        <ul>
          <li>{t('poster.who', { body: collectingBody })}</li>
          <li>{t('poster.what')}</li>
          <li>{t('poster.how-long')}</li>
          <li>{t('poster.ask', { contact })}</li>
        </ul>
      </article>
    </Screen>
  )
}
