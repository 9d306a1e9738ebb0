import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { stepsWithin } from '../flow/flow.ts'
import { readyMade } from './readyMade.ts'

const templates = resolve(import.meta.dirname, '../../../../../packages/templates')

interface ObjectFile {
  slug: string
  fields: { key: string }[]
}

function objectsOf(template: string): ObjectFile[] {
  const folder = join(templates, template, 'objects')
  return readdirSync(folder).map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')))
}

const shipped = ['hospital', 'corporate', 'real-estate', 'recruiting', 'jewellery', 'imaging-clinic'].flatMap(objectsOf)

describe('workflows to begin with', () => {
  it.each(readyMade.map((flow) => [flow.key, flow] as const))('%s fits an object of a template', (_, flow) => {
    const asked = JSON.stringify(flow)
    const own = [...asked.matchAll(/record\.([A-Za-z_]+)/g)].map(([, key]) => key!)
    const trigger = 'field' in flow.trigger ? [flow.trigger.field] : []
    const fields = shipped
      .filter(({ slug }) => slug === flow.object)
      .map((object) => object.fields.map(({ key }) => key))
    expect(
      fields.some((keys) => [...own, ...trigger].every((key) => keys.includes(key) || key === 'recordNumber')),
    ).toBe(true)
  })

  it('are called differently, as are their steps', () => {
    expect(new Set(readyMade.map(({ key }) => key)).size).toBe(readyMade.length)
    for (const { steps } of readyMade) {
      const ids = [...stepsWithin(steps)].map(({ id }) => id)
      expect(new Set(ids).size).toBe(ids.length)
    }
  })
})
