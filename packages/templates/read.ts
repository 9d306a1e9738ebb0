import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Reads a template from one bundled JSON file, or from a folder:
 *
 *     template.json     names and looks; `objects` lists the slugs in the order of the sidebar
 *     objects/*.json    one object each, named by its slug
 *     roles.json  workflows.json  dashboards.json  samples.json
 *
 * Gives the whole template unchecked: pass it to `checkTemplate`. Throws, naming the file, when one is missing, is not
 * JSON, or an object's file is not on the list.
 */
export function readTemplate(path: string): unknown {
  const found = statSync(path, { throwIfNoEntry: false })
  if (!found) throw new Error(`${path} does not exist; name a template's folder or its bundled JSON file`)
  return found.isDirectory() ? readFolder(path) : readJson(path)
}

function readFolder(folder: string): unknown {
  const head = readJson(join(folder, 'template.json')) as { objects?: unknown }
  const slugs = Array.isArray(head.objects) ? head.objects.map(String) : []
  refuseUnlisted(folder, slugs)
  return {
    ...head,
    objects: slugs.map((slug) => readJson(join(folder, 'objects', `${slug}.json`))),
    roles: readJson(join(folder, 'roles.json')),
    workflows: readJson(join(folder, 'workflows.json')),
    dashboards: readJson(join(folder, 'dashboards.json')),
    samples: readJson(join(folder, 'samples.json')),
  }
}

function refuseUnlisted(folder: string, slugs: string[]): void {
  const stray = readdirSync(join(folder, 'objects')).find((file) => !slugs.includes(file.replace(/\.json$/, '')))
  if (stray === undefined) return
  throw new Error(
    `${join(folder, 'objects', stray)} is not listed in "objects" of ${join(folder, 'template.json')}; add its slug there`,
  )
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (cause) {
    throw new Error(`${file} could not be read as JSON: ${(cause as Error).message}`, { cause })
  }
}
