import type { PostType } from '../../../../domain/community'
import { useServices } from '../../../services'
import type { GateActions } from '../gate-actions'
import { ByName } from './by-name'
import { Counter } from './counter'
import { People } from './people'
import { ServicePoint } from './service-point'

export interface FirstScreenProps {
  readonly type: PostType
  readonly actions: GateActions
}

/** What stands in the middle where no camera does. A post that only counts has the counter, whatever its type. */
export function FirstScreen({ type, actions }: FirstScreenProps) {
  const { rules } = useServices()
  if (rules.value.passage === 'counted') return <Counter actions={actions} />
  switch (type) {
    case 'metro-exit':
      return <ByName actions={actions} />
    case 'service-point':
      return <ServicePoint actions={actions} />
    case 'road-check':
    case 'village-gate':
    case 'compound-gate':
      return <People actions={actions} />
    default:
      return type satisfies never
  }
}
