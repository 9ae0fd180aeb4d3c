import { t } from '../i18n/translate'

/** The same picture as in index.html, so that nothing jumps while the database opens. */
export function Starting() {
  return (
    <main class="starting" aria-busy="true">
      <p class="starting-name">{t('app.name')}</p>
      <p>{t('common.loading')}</p>
    </main>
  )
}
