import { expect, it } from 'vitest'
import { droppedFolder } from './droppedFolder.ts'

it.each([
  [undefined, ''],
  ['./a.txt', ''],
  ['a.txt', ''],
  ['/Scans/a.txt', 'Scans'],
  ['./Scans/2026/a.txt', 'Scans/2026'],
])('a file at %s lay in “%s”', (relativePath, folder) => {
  const file = Object.assign(new File([], 'a.txt'), { webkitRelativePath: '' }, relativePath && { relativePath })
  expect(droppedFolder(file)).toBe(folder)
})
