import { type Household, maskName, unitText } from '../../../domain/roster'
import { t } from '../../i18n/translate'

const SHOWN = 5

/** The first households as they were read: the eye finds a wrong column at once. */
export function RosterPreview({ households }: { readonly households: readonly Household[] }) {
  if (households.length === 0) return <p>{t('roster.preview-none')}</p>
  return (
    <table class="roster-preview">
      <caption>{t('roster.preview')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('roster.household')}</th>
          <th scope="col">{t('roster.people')}</th>
        </tr>
      </thead>
      <tbody>
        {households.slice(0, SHOWN).map((household) => (
          <tr key={household.id}>
            <th scope="row">{unitText(household.address)}</th>
            <td>{[...household.residents.map(({ name }) => maskName(name)), ...household.plates].join(' ')}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
