import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { pageParts } from './page-parts.ts'

const route = (path: string, name: string) => ({
  path,
  scripts: [`/assets/${name}.js`],
  styles: [`/assets/${name}.css`],
  first: [] as string[],
  words: { en: ['/assets/en.js'] },
})
const html = `<head>
    <script data-words="">early()</script>
    <script type="module" crossorigin src="/assets/early.js"></script>
    <script type="module" fetchpriority="low" crossorigin src="/assets/start.js"></script>
  </head>
  <body>
    <div id="root"></div>
  </body>`

describe('the HTML of a page', () => {
  let directory: string

  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 'oneforge-page-'))
    const drawn = { ...route('/drawn', 'drawn'), first: ['/assets/words.js', '/assets/first-words.js'] }
    const routes = [
      route('/o/:object', 'list'),
      route('/o/:object/:id', 'record'),
      route('/settings/*', 'settings'),
      drawn,
    ]
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

  it('asks for its scripts after its first words where it has some', async () => {
    const { html: drawn = '' } = await pageParts(directory)('/drawn')
    const [before] = drawn.split('</head>')
    expect(before).toContain('<script type="module" crossorigin src="/assets/early.js"></script>')
    expect(before).toContain('<script type="module" crossorigin src="/assets/first-words.js"></script>')
    expect(before).toContain('<link rel="modulepreload" crossorigin href="/assets/words.js">')
    expect(drawn).not.toContain('src="/assets/start.js"')
    const told = JSON.parse(/data-page="([^"]*)"/.exec(drawn)![1]!.replaceAll('&quot;', '"'))
    expect(told).toEqual({ scripts: ['/assets/start.js'], parts: ['/assets/drawn.js'] })
  })

  it('is the plain one where nothing is known of the address', async () => {
    expect(await pageParts(directory)('/elsewhere')).toEqual({ pattern: 'route ', html })
  })

  it('is missing before the page was built', async () => {
    expect((await pageParts(join(directory, 'nowhere'))('/')).html).toBeUndefined()
  })
})
