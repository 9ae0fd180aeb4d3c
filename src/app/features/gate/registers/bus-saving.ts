import { ok, type Result } from '../../../../domain/result'
import { dayOf } from '../../../../domain/time'
import type { StorageError } from '../../../../storage/storage-error'
import { t } from '../../../i18n/translate'
import type { Services } from '../../../services'
import type { Signal } from '../../../shell/signals'
import { lastPassage } from '../last-passage'
import { busDrafts } from './bus-drafts'
import type { BusValues } from './bus-values'
import { saveForm } from './parking'

/** Keeps a bus, all or none; gives what is to be told of it: whoever of it waits must not go on with the others. */
export async function saveBus(services: Services, values: BusValues, parked: string | undefined): Promise<Result<Signal, StorageError>> {
  const { preferences, now, rulesNow } = services
  const today = dayOf(now(), -new Date().getTimezoneOffset())
  const drafts = busDrafts(values, { rules: rulesNow(), site: preferences.value.site, today })
  const saved = await saveForm(services, drafts, parked)
  if (!saved.ok) return saved
  const [first, ...others] = saved.value
  if (first) {
    const who = { name: t('register.bus-saved', { count: values.rows.length }), unit: values.employer }
    lastPassage.value = {
      key: first.key,
      also: others.map(({ key }) => ({ target: key })),
      who,
      direction: 'in',
      outcome: 'noted',
      savedAt: Date.now(),
    }
  }
  return ok(drafts.some(({ wait }) => wait === 'opens') ? 'wait' : 'saved')
}
