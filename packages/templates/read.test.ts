import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readTemplate } from './read.ts'
import { templateBySlug } from './shipped.ts'

const blankFolder = join(import.meta.dirname, 'blank')
let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'template-'))
  cpSync(blankFolder, folder, { recursive: true })
})
afterEach(() => rmSync(folder, { recursive: true }))

describe('readTemplate', () => {
  it('puts a folder together, objects in the order of template.json', () => {
    const template = readTemplate(folder) as { objects: { slug: string }[] }
    expect(template.objects.map(({ slug }) => slug)).toEqual(['contacts', 'companies', 'deals'])
    expect(template).toEqual(templateBySlug('blank'))
  })

  it('reads the same template from one bundled file', () => {
    const file = join(folder, 'bundle.json')
    writeFileSync(file, JSON.stringify(templateBySlug('blank')))
    expect(readTemplate(file)).toEqual(templateBySlug('blank'))
  })

  it('says of a path that leads nowhere that it does not exist', () => {
    expect(() => readTemplate(join(folder, 'circus'))).toThrow(/circus does not exist/)
  })

  it('names a file that is missing', () => {
    rmSync(join(folder, 'roles.json'))
    expect(() => readTemplate(folder)).toThrow(join(folder, 'roles.json'))
  })

  it('names a file that is not JSON', () => {
    writeFileSync(join(folder, 'workflows.json'), '[{]')
    expect(() => readTemplate(folder)).toThrow(/workflows\.json could not be read as JSON/)
  })

  it('names an object that is not on the list', () => {
    writeFileSync(join(folder, 'objects', 'stray.json'), '{}')
    expect(() => readTemplate(folder)).toThrow(/stray\.json is not listed/)
  })
})
