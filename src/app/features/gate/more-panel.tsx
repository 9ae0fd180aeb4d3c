import { useState } from 'preact/hooks'
import type { Unstamped } from '../../../domain/operation'
import { EMERGENCIES, REQUEST_TOPICS, TIP_TOPICS } from '../../../domain/registers'
import type { StorageError } from '../../../storage/storage-error'
import { t } from '../../i18n/translate'
import { useServices } from '../../services'
import { useOnce } from '../../shell/one-at-a-time'
import { give } from '../../shell/signals'
import { Strip } from '../../shell/strip'
import { Button } from '../../ui/button'
import { Field } from '../../ui/field'
import type { GateActions } from './gate-actions'
import { lastPassage } from './last-passage'
import { isCameraFirst, isCounting, isPlateFirst } from './looking'
import { PasteWay } from './paste-way'
import { PhotoWay } from './photo-way'
import { Failed } from './stop-panel'
import { Ways } from './ways'

/** 更多: what a post does beside passages; a request and a tip are two taps. */
export function MorePanel({ actions }: { readonly actions: GateActions }) {
  const services = useServices()
  const { save, preferences, changePreferences } = services
  const sees = isCameraFirst(services)
  const [words, setWords] = useState('')
  const [failed, setFailed] = useState<StorageError>()
  const { direction } = preferences.value

  const keep = useOnce(async (operation: Unstamped, name: string) => {
    const saved = await save([{ operation }])
    const [first] = saved.ok ? saved.value : []
    setFailed(saved.ok ? undefined : saved.error)
    give(saved.ok ? 'saved' : 'failed', preferences.value)
    if (!first) return
    lastPassage.value = {
      key: first.key,
      who: { name, unit: '' },
      direction,
      outcome: 'noted',
      savedAt: Date.now(),
      isTip: operation.kind === 'tip',
    }
    actions.back()
  })
  const said = words.trim() ? { words: words.trim() } : {}

  return (
    <div class="gate gate-form">
      <Strip />
      <main>
        <h1>{t('gate.more-title')}</h1>
        <Failed failed={failed} />
        <section class="more-group" aria-labelledby="more-emergency">
          <h2 id="more-emergency">{t('gate.emergency')}</h2>
          <div class="again">
            {EMERGENCIES.map((what) => (
              <Button key={what} tall onClick={() => void actions.emergency(what)}>
                {t(`emergency.${what}`)}
              </Button>
            ))}
          </div>
        </section>
        <section class="more-group" aria-label={t('gate.way-more')}>
          {(isPlateFirst(services) || isCounting(services)) && <Ways actions={actions} />}
          <div class="again">
            <Button tall onClick={() => actions.go({ at: 'written' })}>
              {t('gate.written')}
            </Button>
            <Button tall onClick={() => actions.go({ at: 'late' })}>
              {t('register.late')}
            </Button>
            <a class="button button-tall" href="/shift">
              {t('gate.to-shift')}
            </a>
            <a class="button button-tall" href="/notices">
              {t('gate.to-notices')}
            </a>
            <a class="button button-tall" href="/log">
              {t('nav.log')}
            </a>
            <Button tall icon="camera" onClick={() => void changePreferences({ camera: sees ? 'off' : 'on' }).then(actions.back)}>
              {t(sees ? 'first.camera-off' : 'first.camera-on')}
            </Button>
          </div>
          <PhotoWay actions={actions} />
          <PasteWay actions={actions} />
        </section>
        <Field label={t('gate.more-words')} hint={t('gate.more-words-hint')} value={words} onInput={setWords} maxLength={500} />
        <section class="more-group" aria-labelledby="more-request">
          <h2 id="more-request">{t('gate.request')}</h2>
          <div class="again">
            {REQUEST_TOPICS.map((topic) => (
              <Button
                key={topic}
                onClick={() => void keep({ kind: 'request', topic, ...said }, t('gate.request-kept', { topic: t(`request.${topic}`) }))}
              >
                {t(`request.${topic}`)}
              </Button>
            ))}
          </div>
        </section>
        <section class="more-group" aria-labelledby="more-tip">
          <h2 id="more-tip">{t('gate.tip')}</h2>
          <p class="soft">{t('gate.tip-what')}</p>
          <div class="again">
            {TIP_TOPICS.map((topic) => (
              <Button key={topic} onClick={() => void keep({ kind: 'tip', topic, ...said }, t('gate.tip-kept'))}>
                {t(`tip.${topic}`)}
              </Button>
            ))}
          </div>
        </section>
      </main>
      <footer class="gate-foot">
        <Button tall wide onClick={actions.back}>
          {t('common.back')}
        </Button>
      </footer>
    </div>
  )
}
