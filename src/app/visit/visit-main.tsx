import { render } from 'preact'
import '../styles/tokens.css'
import '../styles/base.css'
import '../styles/ui.css'
import './visit.css'
import { VisitPage } from './visit-page'

// A visitor's own browser: no service worker, no storage, no request after this.
const place = document.getElementById('app')
if (!place) throw new Error('visit-main: the page has no #app')
const isChinese = navigator.languages.some((language) => language.startsWith('zh'))
render(<VisitPage first={isChinese ? 'zh-CN' : 'en'} />, place)
