import { keepAppShell } from './app-shell'
import { uploadInBackground } from './background-upload'
import { answerPages } from './messages'

keepAppShell()
uploadInBackground()
answerPages()
