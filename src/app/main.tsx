import { render } from 'preact'
import { start } from './boot'
import { App } from './shell/app'
import './styles/tokens.css'
import './styles/base.css'
import './styles/ui.css'
import './styles/shell.css'

const place = document.getElementById('app')
if (!place) throw new Error('main: the page has no #app')
render(<App />, place)
void start()
