import { useContext, useState } from 'preact/hooks'
import { ServicesContext } from '../../services'
import { installed } from '../../shell/installing'
import './activate.css'
import { AlreadyActive } from './already-active'
import { browserKind } from './browser-kind'
import { EnterCode } from './enter-code'
import { InstallFirst } from './install-first'
import { OpenElsewhere } from './open-elsewhere'
import { useLinkCode } from './use-link-code'

/** The first screen of a new phone, and where an activation link leads. Nothing is sent before 激活 is tapped. */
export function ActivateScreen() {
  const services = useContext(ServicesContext)
  const linkCode = useLinkCode()
  const [here, stayHere] = useState(false)
  const { userAgent, maxTouchPoints } = navigator
  const browser = browserKind({ userAgent, maxTouchPoints, installed: installed.value })
  if (services?.identity.value.state === 'active') return <AlreadyActive services={services} linkCode={linkCode} />
  if (browser.at === 'in-app') return <OpenElsewhere browser={browser} linkCode={linkCode} />
  // A post that already keeps records in this tab can only join from this tab.
  if (browser.at === 'ios-tab' && !here && !services) return <InstallFirst linkCode={linkCode} onStay={() => stayHere(true)} />
  return <EnterCode key={linkCode} linkCode={linkCode} services={services} />
}
