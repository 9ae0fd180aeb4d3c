import { useEffect, useState } from 'preact/hooks'
import { codeOfLink } from './invite-code'

/** The code in this page's link; a second link opened in the same page brings its own. */
export function useLinkCode(): string | undefined {
  const [code, setCode] = useState(() => codeOfLink(location.hash))
  useEffect(() => {
    const read = () => setCode(codeOfLink(location.hash))
    addEventListener('hashchange', read)
    return () => removeEventListener('hashchange', read)
  }, [])
  return code
}
