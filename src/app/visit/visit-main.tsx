import { render } from 'preact'
import { speak } from '../i18n/translate'
import '../styles/tokens.css'
import '../styles/base.css'
import '../styles/ui.css'
import './visit.css'
import { VisitPage } from './visit-page'

// A visitor's own browser: no service worker, no storage, no request after this.
const place = document.getElementById('app')
if (!place) throw new Error('visit-main: the page has no #app')
const isChinese = navigator.languages.some((language) => language.startsWith('zh'))
void speak(isChinese ? 'zh-CN' : 'en').then(() => render(<VisitPage />, place))
