import type { NamedFile } from '@oneforge/client'

/** Hands a file to the browser, which puts it where downloads go. */
export function saveFile({ name, content }: NamedFile): void {
  const url = URL.createObjectURL(content)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  URL.revokeObjectURL(url)
}
