import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { pageParts } from './page-parts.ts'

const route = (path: string, name: string) => ({
  path,
  scripts: [`/assets/${name}.js`],
  styles: [`/assets/${name}.css`],
  words: { en: ['/assets/en.js'] },
})
const html = `<head>
    <script data-words="">early()</script>
  </head>
  <body>
    <div id="root"></div>
  </body>`

describe('the HTML of a page', () => {
  let directory: string

  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 'oneforge-page-'))
    const routes = [route('/o/:object', 'list'), route('/o/:object/:id', 'record'), route('/settings/*', 'settings')]
    writeFileSync(join(directory, 'index.html'), html)
    writeFileSync(join(directory, 'routes.json'), JSON.stringify(routes))
  })

  afterAll(() => rmSync(directory, { recursive: true }))

  it.each([
    ['/o/patients', 'list'],
    ['/o/patients/1', 'record'],
    ['/settings', 'settings'],
    ['/settings/roles/1', 'settings'],
  ])('of %s names what that page needs', async (path, name) => {
    const page = await pageParts(directory)(path)
    expect(page.html).toContain(`<link rel="modulepreload" crossorigin fetchpriority="low" href="/assets/${name}.js">`)
    expect(page.html).toMatch(new RegExp(`href="/assets/${name}.css">\\s*<div id="root">`))
    expect(page.html).toContain('data-words="{&quot;en&quot;:[&quot;/assets/en.js&quot;]}"')
  })

  it('is the plain one where nothing is known of the address', async () => {
    expect(await pageParts(directory)('/elsewhere')).toEqual({ pattern: 'route ', html })
  })

  it('is missing before the page was built', async () => {
    expect((await pageParts(join(directory, 'nowhere'))('/')).html).toBeUndefined()
  })
})
