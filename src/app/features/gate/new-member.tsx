import { useState } from 'preact/hooks'
import type { Household } from '../../../domain/roster'
import { t } from '../../i18n/translate'
import { useServices } from '../../services'
import { useOnce } from '../../shell/one-at-a-time'
import { give } from '../../shell/signals'
import { STORAGE_WORDS } from '../../shell/storage-words'
import { Button } from '../../ui/button'
import { Dialog } from '../../ui/dialog'
import { Field } from '../../ui/field'
import { addMembers, namesTyped } from './binding'

/** Somebody who lives there and is not on the list yet: a tile of their own from now on. */
export function NewMember({ household, onMade }: { readonly household: Household; readonly onMade: (household: Household) => void }) {
  const services = useServices()
  const [asking, ask] = useState(false)
  const [names, setNames] = useState('')
  const [problem, setProblem] = useState<string>()
  const add = useOnce(async () => {
    const people = namesTyped(names)
    if (people.length === 0) return setProblem(t('register.name-missing'))
    const added = await addMembers(services, household, people)
    give(added.ok ? 'counted' : 'failed', services.preferences.value)
    if (!added.ok) return setProblem(t(STORAGE_WORDS[added.error.kind].todo))
    ask(false)
    setNames('')
    onMade(added.value)
  })
  if (!services.roster.value?.compoundOf.has(household.id)) return null
  return (
    <>
      <Button look="quiet" icon="plus" onClick={() => ask(true)}>
        {t('gate.new-member')}
      </Button>
      {asking && (
        <Dialog title={t('gate.new-member')} onClose={() => ask(false)}>
          <div class="gate-reasons">
            <Field
              label={t('gate.new-names')}
              hint={t('gate.new-member-hint')}
              value={names}
              onInput={setNames}
              maxLength={120}
              error={problem}
            />
            <Button look="main" tall wide onClick={() => void add()}>
              {t('gate.new-member-do')}
            </Button>
            <Button look="quiet" wide onClick={() => ask(false)}>
              {t('common.cancel')}
            </Button>
          </div>
        </Dialog>
      )}
    </>
  )
}
