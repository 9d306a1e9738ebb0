/** Loaded before the server: changes one place of its source on the way in, and stops it if the place is not there. */
import { registerHooks } from 'node:module'
import type { Mutant } from './rights.mutants.ts'

const { file, find, replace } = JSON.parse(process.env.MUTANT!) as Mutant

registerHooks({
  load(url, context, next) {
    const loaded = next(url, context)
    if (!url.endsWith(`/packages/${file}`)) return loaded
    const source = String(loaded.source)
    if (source.split(find).length !== 2) {
      console.error(`“${find}” does not stand once in ${file}: bring the list of mutants up to date.`)
      process.exit(3)
    }
    return { ...loaded, source: source.replace(find, () => replace) }
  },
})
