import { describe, expect, it } from 'vitest'
import { contentPolicy } from './content-policy.ts'

const scriptsOf = (policy: string) => policy.split('; ').find((part) => part.startsWith('script-src'))

describe('the policy for content', () => {
  it('lets nothing inline run by itself', () => {
    expect(scriptsOf(contentPolicy())).toBe("script-src 'self'")
    expect(scriptsOf(contentPolicy('<script type="module" src="/assets/start.js"></script>'))).toBe("script-src 'self'")
  })

  it('lets the scripts run that the HTML of a page was built with, whatever stands at them', () => {
    const html = '<script data-words="{}">run()</script><script src="/assets/start.js"></script>'
    // printf 'run()' | openssl dgst -sha256 -binary | base64
    expect(scriptsOf(contentPolicy(html))).toBe(
      "script-src 'self' 'sha256-AvyuiL0SD1mVY3NNxR+V2uo+lhk6RMFrytWmRt6CrJQ='",
    )
  })
})
