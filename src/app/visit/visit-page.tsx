import { useLayoutEffect, useState } from 'preact/hooks'
import { visitCodeText } from '../../trust/visit-code'
import { Button } from '../ui/button'
import { Notice } from '../ui/notice'
import { QrCode } from '../ui/qr-code'
import { Screen } from '../ui/screen'
import { formOf, NOTHING, wrongIn } from './answers'
import { VisitForm } from './visit-form'
import { type Say, sayIn, type VisitLanguage } from './words'

/** A visitor fills in the post's form on their own phone and shows it as a code; nothing is sent, nothing is kept. */
export function VisitPage({ first }: { readonly first: VisitLanguage }) {
  const [language, setLanguage] = useState(first)
  const [answers, setAnswers] = useState(NOTHING)
  const [checks, setChecks] = useState(0)
  const [code, setCode] = useState<string>()
  const say = sayIn(language)
  const mistakes = wrongIn(answers)
  useLayoutEffect(() => {
    document.documentElement.lang = language
    document.title = say('visit.title')
  }, [language])
  const make = () => {
    setChecks(checks + 1)
    if (Object.keys(mistakes).length === 0) setCode(visitCodeText(formOf(answers)))
  }

  if (code) return <ShownCode say={say} code={code} onBack={() => setCode(undefined)} />
  return (
    <Screen
      title={say('visit.title')}
      foot={
        <Button look="main" tall wide onClick={make}>
          {say('visit.make')}
        </Button>
      }
    >
      <Button look="quiet" onClick={() => setLanguage(language === 'en' ? 'zh-CN' : 'en')}>
        {language === 'en' ? '中文' : 'English'}
      </Button>
      <Notice tone="ask" icon="file" title={say('visit.what')}>
        <p>{say('visit.privacy')}</p>
        <p>{say('visit.collected')}</p>
        <p>{say('visit.other-way')}</p>
      </Notice>
      <VisitForm say={say} answers={answers} wrong={checks > 0 ? mistakes : {}} checks={checks} onChange={setAnswers} />
    </Screen>
  )
}

function ShownCode({ say, code, onBack }: { readonly say: Say; readonly code: string; readonly onBack: () => void }) {
  return (
    <Screen
      title={say('visit.show')}
      foot={
        <Button tall wide onClick={onBack}>
          {say('visit.change')}
        </Button>
      }
    >
      <QrCode text={code} label={say('visit.code-label')} live />
      <p class="soft">{say('visit.privacy')}</p>
    </Screen>
  )
}
