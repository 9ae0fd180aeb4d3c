import { render } from 'preact'
import { start } from './boot'
import { App } from './shell/app'
import { listenForInstallOffer } from './shell/installing'
import { registerServiceWorker } from './shell/service-worker-client'
import './styles/tokens.css'
import './styles/base.css'
import './styles/ui.css'
import './styles/shell.css'

const place = document.getElementById('app')
if (!place) throw new Error('main: the page has no #app')
listenForInstallOffer()
render(<App />, place)
void start().then(registerServiceWorker)
