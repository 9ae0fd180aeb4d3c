import { useState } from 'preact/hooks'
import { POST_TYPES } from '../../../domain/community'
import { uuidV7 } from '../../../domain/ids'
import { writeIdentity } from '../../../storage/identity'
import { type StorageError, storageError } from '../../../storage/storage-error'
import { phoneKeys } from '../../../sync/enrol'
import { start } from '../../boot'
import { t } from '../../i18n/translate'
import { STORAGE_WORDS } from '../../shell/storage-words'
import { Button } from '../../ui/button'
import { Choice } from '../../ui/choice'
import { Field } from '../../ui/field'
import { Notice } from '../../ui/notice'
import { Screen } from '../../ui/screen'
import './activate.css'
import { type LocalPostForm, localIdentity, missingIn, type Question } from './local-identity'
import { LocalSetting } from './local-setting'

/** A post without a server: it works at once, and joins later. */
export function LocalPostScreen() {
  const [form, setForm] = useState<LocalPostForm>({ type: 'compound-gate', post: '', compound: '', body: '', contact: '' })
  const [missing, setMissing] = useState<readonly Question[]>([])
  const [notices, setNotices] = useState<Notices>('basic')
  const [problem, setProblem] = useState<StorageError>()

  const answer = (question: Question) => (value: string) => {
    setForm((before) => ({ ...before, [question]: value }))
    setMissing((before) => before.filter((other) => other !== question))
  }
  const errorOf = (question: Question) => (missing.includes(question) ? t('local.required') : undefined)

  const build = async () => {
    const stillMissing = missingIn(form)
    setMissing(stillMissing)
    if (stillMissing.length > 0) return
    try {
      const { deviceId } = await phoneKeys()
      await writeIdentity(localIdentity(form, { now: Date.now(), deviceId, newId, ruleSets: await ruleSetsOf(notices) }))
      history.replaceState(null, '', '/check?new')
      await start()
    } catch (cause) {
      setProblem(storageError(cause))
    }
  }

  return (
    <Screen
      title={t('local.title')}
      back={{ href: '/activate', label: t('common.back') }}
      foot={
        <Button look="main" tall wide type="submit" form="local-post">
          {t('local.do')}
        </Button>
      }
    >
      <p>{t('local.what')}</p>
      {problem && (
        <Notice tone="stop" title={t('local.failed')} announce="alert">
          {t(STORAGE_WORDS[problem.kind].todo)}
        </Notice>
      )}
      <form
        id="local-post"
        class="newcomer-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          void build()
        }}
      >
        <Field
          label={t('local.post')}
          hint={t('local.post-hint')}
          value={form.post}
          onInput={answer('post')}
          error={errorOf('post')}
          maxLength={40}
          required
        />
        <Choice
          legend={t('local.type')}
          options={POST_TYPES.map((type) => ({ value: type, label: t(`post-type.${type}`) }))}
          value={form.type}
          onChange={(type) => setForm((before) => ({ ...before, type }))}
        />
        <Field label={t('local.compound')} value={form.compound} onInput={answer('compound')} maxLength={40} />
        <LocalSetting form={form} onChange={(part) => setForm((before) => ({ ...before, ...part }))} />
        <Choice<Notices>
          legend={t('local.rules')}
          options={(['basic', 'nanjing'] as const).map((value) => ({
            value,
            label: t(`local.rules-${value}`),
            hint: t(`local.rules-${value}-hint`),
          }))}
          value={notices}
          onChange={setNotices}
        />
        <Field
          label={t('local.body')}
          hint={t('local.body-hint')}
          value={form.body}
          onInput={answer('body')}
          error={errorOf('body')}
          maxLength={80}
          required
        />
        <Field
          label={t('local.contact')}
          hint={t('local.contact-hint')}
          value={form.contact}
          onInput={answer('contact')}
          error={errorOf('contact')}
          maxLength={80}
          required
        />
      </form>
    </Screen>
  )
}

type Notices = 'basic' | 'nanjing'

/** A chunk of its own: most phones are told their rules by a server. */
async function ruleSetsOf(notices: Notices) {
  return notices === 'nanjing' ? (await import('../../../wire/nanjing')).NANJING_RULES : []
}

const newId = () => uuidV7(Date.now(), crypto.getRandomValues(new Uint8Array(10)))
