import { useId } from 'preact/hooks'
import { t } from '../../i18n/translate'

export interface ChooseFileProps {
  readonly label: string
  readonly onChoose: (file: File) => void
}

/** The phone's own file chooser. Every kind may be chosen: chats rename what they forward, and what is no list is told in words. */
export function ChooseFile({ label, onChoose }: ChooseFileProps) {
  const id = useId()
  return (
    <div class="choose-file">
      <input
        id={id}
        type="file"
        onChange={({ currentTarget }) => {
          const [file] = currentTarget.files ?? []
          // The same file, mended, must be chosen again.
          currentTarget.value = ''
          if (file) onChoose(file)
        }}
      />
      <label for={id} class="button button-main button-tall button-wide">
        {label}
      </label>
      <p class="choose-file-where">{t('roster.where')}</p>
    </div>
  )
}
