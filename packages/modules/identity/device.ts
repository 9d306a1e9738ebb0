/** What a person would call the device that a session was opened on. */
import bowser from 'bowser'

export interface Device {
  /** `Firefox 142`; null for a program. */
  browser: string | null
  /** `Windows 11`. */
  system: string | null
  kind: 'desktop' | 'mobile' | 'tablet' | 'program'
}

const kinds: Device['kind'][] = ['desktop', 'mobile', 'tablet']

export function deviceOf(userAgent: string | null): Device {
  const program: Device = { browser: null, system: null, kind: 'program' }
  if (!userAgent) return program
  const { browser, os, platform } = bowser.parse(userAgent)
  const kind = kinds.find((each) => each === platform.type)
  if (!kind || !browser.name) return program
  const version = browser.version?.split('.')[0]
  const system = [os.name, os.versionName ?? os.version].filter(Boolean).join(' ')
  return { browser: [browser.name, version].filter(Boolean).join(' '), system: system || null, kind }
}
