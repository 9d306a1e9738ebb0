/** What pages may load and run: nothing from outside. */
import { createHash } from 'node:crypto'

/**
 * Styles may be inline because the component library sets sizes that way.
 *
 * @param html whose own inline scripts may run, and no others: those that are written into it later are not among them.
 * @param framedBy what may show it in a frame: nothing unless said.
 * @returns the value of Content-Security-Policy.
 */
export function contentPolicy(html = '', framedBy = "'none'"): string {
  const scripts = [...html.matchAll(/<script(?![^>]*\ssrc=)[^>]*>(.*?)<\/script>/gs)].map(([, text]) => hashOf(text!))
  return [
    "default-src 'self'",
    ["script-src 'self'", ...scripts].join(' '),
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    `frame-ancestors ${framedBy}`,
  ].join('; ')
}

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`
