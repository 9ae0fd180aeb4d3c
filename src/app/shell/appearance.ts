import type { Preferences } from '../../storage/preferences'

/** Puts theme and text size on the page, where the style sheet reads them. */
export function showPreferences({ theme, text }: Pick<Preferences, 'theme' | 'text'>): void {
  const page = document.documentElement
  if (theme === 'system') delete page.dataset.theme
  else page.dataset.theme = theme
  if (text === 'large') page.dataset.text = 'large'
  else delete page.dataset.text
}
