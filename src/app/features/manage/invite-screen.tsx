import { useState } from 'preact/hooks'
import { mayHandle, ROLES, type Role } from '../../../domain/role'
import type { SyncError } from '../../../sync/sync-error'
import { InviteResponse, UnitsResponse } from '../../../wire/desk'
import { PATHS } from '../../../wire/protocol'
import { dayClockText } from '../../i18n/format'
import { t } from '../../i18n/translate'
import { useServices } from '../../services'
import { Button } from '../../ui/button'
import { Choice } from '../../ui/choice'
import { Notice } from '../../ui/notice'
import { QrCode } from '../../ui/qr-code'
import { Screen } from '../../ui/screen'
import { Skeleton } from '../../ui/skeleton'
import { AskProblem } from './ask-problem'
import { useAsked } from './use-asked'
import './manage.css'

const DAYS = 3 // an invite that nobody used by then was forwarded, or lost

/** Lets one more phone in: a code for one use, with its role and its place. */
export function InviteScreen() {
  const { identity, ask } = useServices()
  const own = identity.value.role
  const [units, again] = useAsked(UnitsResponse, PATHS.units)
  const [role, setRole] = useState<Role>('volunteer')
  const [unitId, setUnitId] = useState<string>(identity.value.postId)
  const [made, setMade] = useState<InviteResponse>()
  const [problem, setProblem] = useState<SyncError>()

  const make = async () => {
    const answer = await ask(InviteResponse, PATHS.invites, { role, unitId, days: DAYS })
    setProblem(answer.ok ? undefined : answer.error)
    if (answer.ok) setMade(answer.value)
  }

  if (made) return <Made invite={made} onMore={() => setMade(undefined)} />
  return (
    <Screen
      title={t('manage.to-invite')}
      back={{ href: '/manage', label: t('common.back') }}
      foot={
        <Button look="main" tall wide disabled={units.at !== 'answered'} onClick={() => void make()}>
          {t('manage.invite-do')}
        </Button>
      }
    >
      {problem && <AskProblem error={problem} />}
      <Choice
        legend={t('manage.invite-role')}
        value={role}
        onChange={setRole}
        options={ROLES.filter((each) => mayHandle(own, each)).map((each) => ({
          value: each,
          label: t(`role.${each}`),
          hint: t(`role.${each}-may`),
        }))}
      />
      {units.at === 'asking' && <Skeleton label={t('manage.asking')} />}
      {units.at === 'failed' && <AskProblem error={units.error} onRetry={again} />}
      {units.at === 'answered' && (
        <Choice
          legend={t('manage.invite-place')}
          value={unitId}
          onChange={setUnitId}
          options={units.answer.units.map(({ id, name, parentId }) => {
            const parent = units.answer.units.find((each) => each.id === parentId)
            return { value: id, label: name, ...(parent ? { hint: parent.name } : {}) }
          })}
        />
      )}
    </Screen>
  )
}

function Made({ invite: { code, expiresAt }, onMore }: { readonly invite: InviteResponse; readonly onMore: () => void }) {
  return (
    <Screen
      title={t('manage.invite-made')}
      back={{ href: '/manage', label: t('common.back') }}
      foot={
        <Button tall wide onClick={onMore}>
          {t('manage.invite-more')}
        </Button>
      }
    >
      <p>{t('manage.invite-how')}</p>
      <QrCode text={`${location.origin}/activate#${code}`} label={t('manage.invite-code')} />
      <p class="invite-code">{code.replace(/^(....)(....)/, '$1-$2-')}</p>
      <Notice tone="plain" icon="clock" title={t('manage.invite-until', { time: dayClockText(Date.parse(expiresAt)) })} />
    </Screen>
  )
}
