/** Bundles the words of the page: for each language a module of what the first page needs, and of each other part. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Plugin } from 'vite'
import { type Part, partsOf } from '../src/i18n/areas.ts'

const folder = join(import.meta.dirname, '../src/i18n')
const name = /^\0?words:(?<language>\w+)\/(?<part>\w+)$/

/** `words:en/first` holds the areas of that part in English by their names. */
export function words(): Plugin {
  return {
    name: 'words',
    resolveId: (id) => (name.test(id) ? `\0${id}` : null),
    load(id) {
      const found = wordsIn(id)
      return found ? moduleOf(found) : null
    },
  }
}

interface Words {
  language: string
  part: Part
}

/** What a module holds; undefined for others. */
export function wordsIn(id: string): Words | undefined {
  return name.exec(id)?.groups as Words | undefined
}

function moduleOf({ language, part }: Words): string {
  const areas = readdirSync(join(folder, language)).map((file) => file.replace('.json', ''))
  const wanted = areas.filter((area) => partsOf(area).includes(part))
  const imports = wanted.map((area) => `import ${area} from '${join(folder, language, area)}.json'`)
  return `${imports.join('\n')}\nexport default { ${wanted.join(', ')} }`
}
