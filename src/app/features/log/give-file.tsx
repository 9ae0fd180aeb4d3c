import { useState } from 'preact/hooks'
import { t } from '../../i18n/translate'
import { Button } from '../../ui/button'
import { Notice } from '../../ui/notice'
import { canShare, download, type Given, give } from './hand-over-file'

export interface GiveFileProps {
  readonly title: string
  readonly file: File
  /** What to do with it. */
  readonly todo?: string
}

/** A file that was made, and the ways to give it: where the share sheet will not have it, it is saved by the same tap. */
export function GiveFile({ title, file, todo }: GiveFileProps) {
  const [given, setGiven] = useState<Given>()
  const shares = canShare(file)
  const save = () => {
    download(file)
    setGiven('saved')
  }
  return (
    <Notice tone="saved" title={title} announce="status">
      <p class="hand-in-file">{file.name}</p>
      {todo && <p>{todo}</p>}
      {given === 'saved' && <p>{t('log.saved-to-phone')}</p>}
      {given === 'shared' && <p>{t('log.shared')}</p>}
      <div class="hand-in-ways">
        {shares && (
          <Button look="main" wide tall icon="share" onClick={() => void give(file).then(setGiven)}>
            {t('log.share')}
          </Button>
        )}
        <Button wide tall look={shares ? 'plain' : 'main'} onClick={save}>
          {t('log.download')}
        </Button>
      </div>
    </Notice>
  )
}
