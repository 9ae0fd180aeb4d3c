import { useMemo } from 'preact/hooks'
import type { HouseholdId } from '../../../../domain/ids'
import { maskName, unitText } from '../../../../domain/roster'
import { findResidents } from '../../../../domain/roster-search'
import { t } from '../../../i18n/translate'
import { useServices } from '../../../services'
import { Button } from '../../../ui/button'
import { Field } from '../../../ui/field'

const MOST = 3

export interface UnitFieldProps {
  readonly label: string
  readonly unit: string
  readonly householdId: HouseholdId | undefined
  readonly onChange: (unit: string, householdId: HouseholdId | undefined) => void
}

/** A unit, or a hotel, an employer, a lane in words; a tap on the household that it means. */
export function UnitField({ label, unit, householdId, onChange }: UnitFieldProps) {
  const { roster } = useServices()
  const index = roster.value
  const households = useMemo(() => {
    if (!index || unit.trim() === '' || householdId) return []
    const found = findResidents(index, unit, 20).filter(({ why }) => why === 'unit')
    return [...new Set(found.map(({ household }) => household))].slice(0, MOST)
  }, [index, unit, householdId])
  return (
    <div class="unit-field">
      <Field label={label} hint={t('register.unit-hint')} value={unit} onInput={(typed) => onChange(typed, undefined)} maxLength={40} />
      {households.map((household) => (
        <Button key={household.id} wide icon="household" onClick={() => onChange(unitText(household.address), household.id)}>
          {unitText(household.address)}{' '}
          {household.residents
            .slice(0, 3)
            .map(({ name }) => maskName(name))
            .join(' ')}
        </Button>
      ))}
    </div>
  )
}
