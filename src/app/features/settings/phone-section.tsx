import { useEffect, useState } from 'preact/hooks'
import { t } from '../../i18n/translate'
import { BUILD } from '../../shell/build'
import { type Charge, readCharge } from '../../shell/charge'
import { storageRoom } from '../../shell/storage-room'
import { Facts, Section } from '../../ui/facts'
import { bytesText } from './bytes-text'

/** Storage, charge and version. */
export function PhoneSection() {
  const [kept, setKept] = useState<boolean>()
  const [charge, setCharge] = useState<Charge>()
  useEffect(() => {
    void navigator.storage?.persisted?.().then(setKept)
    void readCharge().then(setCharge)
  }, [])
  const room = storageRoom.value
  return (
    <Section title={t('status.phone')}>
      {kept !== undefined && <p>{t(kept ? 'status.kept' : 'status.not-kept')}</p>}
      <Facts
        facts={[
          {
            name: t('status.storage'),
            value: room
              ? t('status.storage-used', { used: bytesText(room.usage), free: bytesText(room.quota - room.usage) })
              : t('status.storage-unknown'),
          },
          ...(charge
            ? [
                {
                  name: t('status.charge'),
                  value: t(charge.charging ? 'status.charging' : 'status.charge-level', { percent: charge.percent }),
                },
              ]
            : []),
          { name: t('status.version'), value: BUILD },
        ]}
      />
    </Section>
  )
}
