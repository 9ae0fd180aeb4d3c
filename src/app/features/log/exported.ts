import type { Accessed } from '../../../domain/operation'
import type { Services } from '../../services'
import type { Asked } from './use-report'

/** Writes into the log that a report left this phone, as a file or on paper, and which one. False: it could not be written. */
export async function exported(
  { save }: Services,
  { question: { day }, order: { kind, reason } }: Asked,
  { fingerprint, phones }: Pick<Accessed, 'fingerprint' | 'phones'>,
): Promise<boolean> {
  const operation = {
    kind: 'access',
    what: 'records-exported',
    about: day,
    detail: kind,
    ...(fingerprint ? { fingerprint } : {}),
    ...(phones ? { phones } : {}),
    ...(reason ? { reason } : {}),
  } as const
  return (await save([{ operation }])).ok
}
