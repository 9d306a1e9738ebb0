import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { objectIcons } from './objectIcons.ts'

const folder = new URL('../../../../packages/templates/', import.meta.url)
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })

/** A template's own file and each of its objects name an icon at their top. */
it.each(files.filter((file) => /(template|objects\/.+)\.json$/.test(file)))(
  'the page carries the icon of %s',
  (file) => {
    const { icon } = JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as { icon: string }
    expect(Object.keys(objectIcons)).toContain(icon)
  },
)

it.each(files.filter((file) => file.endsWith('dashboards.json')))('the page carries the icons of %s', (file) => {
  const boards = JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as { widgets: { icon?: string }[] }[]
  const icons = boards.flatMap(({ widgets }) => widgets.flatMap(({ icon }) => icon ?? []))
  expect(Object.keys(objectIcons)).toEqual(expect.arrayContaining(icons))
})
