/**
 * Takes the doorways out of a build: files that hold nothing but the way to another one, as the bundler writes them for
 * each page whose modules have been put together with others. A page would wait for each of them once.
 */
import type { Plugin, Rolldown } from 'vite'

interface Doorway {
  fileName: string
  /** Beside it. */
  target: string
  /** What it gives on: the name there by the name here. */
  names: [string, string][]
}

const doorwayCode = /^export\{(?<names>[^}]*)\}from"\.\/(?<target>[^"]+)";?\s*$/

export function withoutDoorways(): Plugin {
  return {
    name: 'without-doorways',
    apply: 'build',
    // Behind what Vite does itself, which writes down beforehand what each import loads.
    enforce: 'post',
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        const chunks = Object.values(bundle).filter((output) => output.type === 'chunk')
        const doorways = chunks.flatMap((chunk) => doorwayOf(chunk) ?? [])
        for (const chunk of chunks) chunk.code = doorways.reduce(pastIt, chunk.code)
        for (const { fileName } of doorways) delete bundle[fileName]
      },
    },
  }
}

/** Undefined for a file that holds something. */
export function doorwayOf({ code, fileName, isDynamicEntry }: Rolldown.OutputChunk): Doorway | undefined {
  const found = isDynamicEntry && doorwayCode.exec(code)?.groups
  if (!found) return undefined
  const names = found.names!.split(',').map((name) => name.split(' as ') as [string, string])
  return { fileName, target: found.target!, names }
}

/** Whoever goes through the doorway goes straight to what is behind it. */
function pastIt(code: string, { fileName, target, names }: Doorway): string {
  const name = fileName.replace('assets/', '')
  const given = names.map(([there, here]) => `${here}:e.${there}`).join()
  return code
    .replaceAll(`import(\`./${name}\`)`, `import(\`./${target}\`).then(e=>({${given}}))`)
    .replaceAll(fileName, `assets/${target}`)
}
