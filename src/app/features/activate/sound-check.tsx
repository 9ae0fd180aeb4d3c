import { useState } from 'preact/hooks'
import { t } from '../../i18n/translate'
import { give } from '../../shell/signals'
import { Button } from '../../ui/button'
import { CheckCard } from './check-card'

type SoundState = 'untried' | 'played' | 'heard' | 'not-heard'

/** Plays a tone; only a person can tell whether it was heard. */
export function SoundCheck() {
  const [sound, setSound] = useState<SoundState>('untried')
  const play = () => {
    give('saved', { sound: true, speech: false })
    setSound('played')
  }
  return (
    <CheckCard icon="sound" title={t('check.sound')} state={sound === 'heard' ? 'ok' : sound === 'not-heard' ? 'todo' : 'unknown'}>
      {sound === 'played' && <p role="status">{t('check.sound-question')}</p>}
      {sound === 'heard' && <p>{t('check.sound-ok')}</p>}
      {sound === 'not-heard' && <p>{t('check.sound-off-todo')}</p>}
      <div class="check-buttons">
        {sound === 'played' && (
          <>
            <Button icon="check" onClick={() => setSound('heard')}>
              {t('check.sound-heard')}
            </Button>
            <Button icon="close" onClick={() => setSound('not-heard')}>
              {t('check.sound-not')}
            </Button>
          </>
        )}
        <Button look={sound === 'played' ? 'quiet' : 'plain'} onClick={play}>
          {t('check.sound-try')}
        </Button>
      </div>
    </CheckCard>
  )
}
