import type { OpenMatter } from '../../../domain/open-matter'
import { dayClockText } from '../../i18n/format'
import { t } from '../../i18n/translate'
import { useServices } from '../../services'
import { whoOf } from '../../shell/who'
import { Notice } from '../../ui/notice'

/** Each open matter with its time and place: a number alone tells the next shift nothing. */
export function OpenList({ open }: { readonly open: readonly OpenMatter[] }) {
  const { roster } = useServices()
  const incidents = open.filter(({ kind }) => kind === 'incident').length
  return (
    <Notice tone="wait" icon="warning" title={t('shift.open-matters', { incidents, retests: open.length - incidents })}>
      <ul class="plain-list">
        {open.map(({ kind, passage: { key, at, checkIn } }) => {
          const { name, unit } = whoOf(checkIn.subject, checkIn.way, roster.value)
          return (
            <li key={key}>
              {t(kind === 'incident' ? 'shift.open-incident' : 'shift.open-retest', {
                time: dayClockText(at),
                who: `${unit} ${name}`.trim(),
              })}
            </li>
          )
        })}
      </ul>
      <p>{t('shift.open-matters-todo')}</p>
    </Notice>
  )
}
