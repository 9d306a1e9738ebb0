import { readdirSync, readFileSync } from 'node:fs'
import i18next from 'i18next'
import { describe, expect, it } from 'vitest'
import texts, { addTexts, setLanguage, translatorOf, type Words } from './texts.ts'

const translations = ['es', 'de']

const areasOf = (language: string) => readdirSync(new URL(`${language}/`, import.meta.url)).toSorted()

function textsOf(language: string, area: string): Map<string, string> {
  const texts = new Map<string, string>()
  const walk = (node: unknown, path: string) => {
    if (typeof node === 'string') texts.set(path, node)
    else for (const [key, inner] of Object.entries(node as object)) walk(inner, path ? `${path}.${key}` : key)
  }
  walk(JSON.parse(readFileSync(new URL(`${language}/${area}`, import.meta.url), 'utf8')), '')
  return texts
}

/** Spanish has a plural form that English and German lack. */
const isExtraPlural = (key: string) => key.endsWith('_many')
const placeholders = (text: string | undefined) =>
  [...(text ?? '').matchAll(/{{(\w+)[^}]*}}/g)].map(([, name]) => name).toSorted()

describe.each(translations)('in %s', (language) => {
  it('has every area', () => {
    expect(areasOf(language)).toEqual(areasOf('en'))
  })

  describe.each(areasOf('en'))('%s', (area) => {
    const english = textsOf('en', area)
    const translated = textsOf(language, area)

    it('says the same things', () => {
      const keys = [...translated.keys()].filter((key) => !isExtraPlural(key))
      expect(keys.toSorted()).toEqual([...english.keys()].toSorted())
    })

    it('fills in the same values', () => {
      const different = [...english].filter(
        ([key, text]) => JSON.stringify(placeholders(text)) !== JSON.stringify(placeholders(translated.get(key))),
      )
      expect(different).toEqual([])
    })
  })
})

describe.each(['en', ...translations])('the page in %s', (language) => {
  const all: Record<string, Words> = Object.fromEntries(
    areasOf(language).map((area) => [
      area.replace('.json', ''),
      JSON.parse(readFileSync(new URL(`${language}/${area}`, import.meta.url), 'utf8')),
    ]),
  )

  it('says what i18next says, of any number of things', async () => {
    const real = i18next.createInstance()
    await real.init({
      lng: language,
      resources: { [language]: all },
      interpolation: { escapeValue: false },
    })
    addTexts(language, all)
    setLanguage(language)
    const different: string[] = []
    for (const area of Object.keys(all)) {
      const said = translatorOf([area])
      for (const [name, text] of textsOf(language, `${area}.json`)) {
        const names = placeholders(text)
        const plain = name.replace(/_(zero|one|two|few|many|other)$/, '')
        for (const count of [0, 1, 2, 21, 1_000_000, 12_345.5]) {
          const values = { ...Object.fromEntries(names.map((one) => [one, count])), who: '$& {{who}}', count }
          for (const key of [plain, `${area}:${name}`]) {
            if (said(key, values) !== real.t(key, { ns: area, ...values }))
              different.push(`${key} ${count}: ${said(key, values)} / ${real.t(key, { ns: area, ...values })}`)
          }
        }
      }
    }
    expect(different).toEqual([])
  })

  it('says what stands in where there is no such text', () => {
    expect(texts.t('app:nothing.of.it', 'instead')).toBe('instead')
    expect(texts.t('app:nothing.of.it', { defaultValue: 'for {{who}}', who: 'Ana' })).toBe('for Ana')
    expect(texts.exists('app:nothing.of.it')).toBe(false)
    expect(texts.exists('app:close')).toBe(true)
    expect(translatorOf(['nowhere', 'app'])('close')).toBe(texts.t('app:close'))
  })
})

describe('the story of a record', () => {
  it('has words for every kind of activity', () => {
    const definition = new URL('../../../../packages/kernel/metadata/activity-definition.ts', import.meta.url)
    const [, list] = /activityKinds = \[(.*?)\]/.exec(readFileSync(definition, 'utf8'))!
    const kinds = list!.split(',').map((kind) => kind.trim().slice(1, -1))
    const record = textsOf('en', 'record.json')
    const activities = textsOf('en', 'activities.json')
    expect(kinds).toContain('email')
    for (const kind of kinds) {
      expect([...record.keys()]).toEqual(expect.arrayContaining([`story.${kind}`, `story.empty.${kind}`]))
      expect(activities.has(`told.${kind}`)).toBe(true)
    }
  })
})
