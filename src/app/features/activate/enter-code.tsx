import { useEffect, useRef, useState } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { readPendingActivation } from '../../../storage/identity'
import { t } from '../../i18n/translate'
import type { Services } from '../../services'
import { Button } from '../../ui/button'
import { Field } from '../../ui/field'
import { Screen } from '../../ui/screen'
import { type ActivationProblem, activatePhone, joinPost } from './activation'
import { ActivationNotice } from './activation-notice'
import { CodeCard } from './code-card'
import { type CodeError, readCode } from './invite-code'
import { LanguageSwitch } from './language-switch'

export interface EnterCodeProps {
  readonly linkCode: string | undefined
  /** Set where the phone already works as a local post: it joins with its records. */
  readonly services: Services | undefined
}

/** The code, from the link or typed, and 激活. */
export function EnterCode({ linkCode, services }: EnterCodeProps) {
  const [offered, setOffered] = useState(linkCode)
  const [typed, setTyped] = useState('')
  const [mistake, setMistake] = useState<CodeError>()
  const [problem, setProblem] = useState<ActivationProblem>()
  const [busy, setBusy] = useState(false)
  const running = useRef(false)
  const { route } = useLocation()

  // An activation that was cut short is offered again; its request, sent twice, is answered as the first time.
  useEffect(() => {
    if (!linkCode) void readPendingActivation().then((pending) => setOffered((now) => now ?? pending?.code))
  }, [linkCode])

  const activate = async () => {
    const code = readCode(offered ?? typed)
    setMistake(code.ok ? undefined : code.error)
    if (!code.ok && offered) {
      setTyped(offered)
      setOffered(undefined)
    }
    if (!code.ok || running.current) return
    running.current = true
    setBusy(true)
    setProblem(undefined)
    const done = services ? await joinPost(code.value, services, () => route('/check?new', true)) : await activatePhone(code.value)
    running.current = false
    setBusy(false)
    if (!done.ok) setProblem(done.error)
  }

  return (
    <Screen
      title={t(services ? 'activate.join-title' : 'activate.title')}
      {...(services ? { back: { href: '/status', label: t('common.back') } } : {})}
      foot={
        <Button look="main" tall wide type="submit" form="enter-code" busy={busy}>
          {busy ? t('activate.doing') : t(services ? 'activate.join-do' : 'activate.do')}
        </Button>
      }
    >
      {services ? <WhatComesAlong services={services} /> : <WhatThisIs />}
      {problem && <ActivationNotice problem={problem} />}
      <form
        id="enter-code"
        class="newcomer-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          void activate()
        }}
      >
        {offered ? (
          <CodeCard
            label={t(offered === linkCode ? 'activate.code-from-link' : 'activate.code-kept')}
            code={offered}
            note={t('activate.spent-on-tap')}
          />
        ) : (
          <Field
            label={t('activate.code')}
            hint={t('activate.code-hint')}
            value={typed}
            onInput={setTyped}
            error={mistake && mistakeText(mistake)}
            maxLength={300}
            required
          />
        )}
      </form>
      <div class="newcomer-others">
        {offered && (
          <Button look="quiet" onClick={() => setOffered(undefined)}>
            {t('activate.other-code')}
          </Button>
        )}
        {!services && (
          <a class="button button-plain" href="/local">
            {t('activate.without-network')}
          </a>
        )}
        {!services && <LanguageSwitch />}
      </div>
    </Screen>
  )
}

function mistakeText(mistake: CodeError): string {
  switch (mistake.kind) {
    case 'code-empty':
      return t('activate.code-empty')
    case 'code-length':
      return t('activate.code-length', { length: mistake.length })
    case 'code-mistyped':
      return t('activate.code-mistyped')
    default:
      return mistake satisfies never
  }
}

function WhatThisIs() {
  return (
    <>
      <p class="newcomer-what">{t('activate.what')}</p>
      <p class="newcomer-who">{t('activate.who')}</p>
    </>
  )
}

function WhatComesAlong({ services }: { readonly services: Services }) {
  const { posts, postId } = services.identity.value
  const { waiting } = services.counters.value
  return (
    <>
      <p class="newcomer-what">{t('activate.join', { post: posts.find(({ id }) => id === postId)?.name ?? '' })}</p>
      <p>{waiting > 0 ? t('activate.join-count', { count: waiting }) : t('activate.join-none')}</p>
    </>
  )
}
