/**
 * The folder in which a dropped file lay, as names joined by slashes; empty where it was dropped by itself. Of a folder that
 * was dropped the browser tells the way to each file, which begins with a slash or a dot.
 */
export function droppedFolder(file: File): string {
  const { relativePath } = file as { relativePath?: string }
  const names = (relativePath ?? file.webkitRelativePath).split('/').filter((name) => name !== '' && name !== '.')
  return names.slice(0, -1).join('/')
}
