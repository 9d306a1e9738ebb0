/** What marketing ends with: how its receiver gets no more of it. */
import { type Language, languageOf } from '@oneforge/kernel/metadata'
import type { NewMail } from './mail.port.ts'

const words: Record<Language, string> = {
  en: 'Get no more of these messages',
  es: 'No recibir más estos mensajes',
  de: 'Diese Nachrichten nicht mehr erhalten',
}

/** @param page where the receiver ends it, safe to stand in HTML as it is. */
export function withEnding(
  { text, html }: Pick<NewMail, 'text' | 'html'>,
  { page, locale }: { page: string; locale: string },
): Pick<NewMail, 'text' | 'html'> {
  const how = words[languageOf(locale)]
  const line = `<p style="margin: 24px 16px; text-align: center; font: 12px sans-serif; color: #666"><a href="${page}" style="color: #666">${how}</a></p>`
  return {
    text: `${text.trimEnd()}\n\n${how}:\n${page}\n`,
    ...(html !== undefined && { html: beforeEnd(html, line) }),
  }
}

/** What stands behind the end of a page is not shown by every mail program. */
function beforeEnd(html: string, line: string): string {
  const end = html.toLowerCase().lastIndexOf('</body>')
  return end < 0 ? html + line : html.slice(0, end) + line + html.slice(end)
}
