import { placeOf } from '../../../domain/community'
import type { PostId } from '../../../domain/ids'
import type { Day } from '../../../domain/time'
import { dayText } from '../../i18n/format'
import { t } from '../../i18n/translate'
import { useServices } from '../../services'
import { Button } from '../../ui/button'

export interface Chosen {
  readonly day: Day
  readonly shift: string | undefined
  readonly postId: PostId | undefined
}

export interface DayChoiceProps {
  readonly days: readonly Day[]
  readonly chosen: Chosen
  readonly onChoose: (chosen: Chosen) => void
}

/** Which day, which shift, which post: each a row of big answers. */
export function DayChoice({ days, chosen, onChoose }: DayChoiceProps) {
  const { identity } = useServices()
  const { community, posts } = identity.value
  return (
    <>
      <fieldset class="log-days">
        <legend class="visually-hidden">{t('log.day')}</legend>
        {[...new Set([...days, chosen.day])]
          .sort()
          .reverse()
          .map((day) => (
            <Button key={day} pressed={day === chosen.day} onClick={() => onChoose({ ...chosen, day })}>
              {dayText(Date.parse(`${day}T12:00:00`))}
            </Button>
          ))}
      </fieldset>
      <fieldset class="log-days">
        <legend class="visually-hidden">{t('log.shift')}</legend>
        {[undefined, ...community.shifts.map(({ name }) => name)].map((shift) => (
          <Button key={shift ?? ''} pressed={shift === chosen.shift} onClick={() => onChoose({ ...chosen, shift })}>
            {shift ?? t('log.all-day')}
          </Button>
        ))}
      </fieldset>
      {posts.length > 1 && (
        <label class="field">
          <span>{t('log.post')}</span>
          <select
            value={chosen.postId ?? ''}
            onChange={({ currentTarget: { value } }) => onChoose({ ...chosen, postId: posts.find(({ id }) => id === value)?.id })}
          >
            <option value="">{t('log.all-posts')}</option>
            {posts.map(({ id, name, compoundName }) => (
              <option key={id} value={id}>
                {placeOf({ compoundName, name })}
              </option>
            ))}
          </select>
        </label>
      )}
    </>
  )
}
