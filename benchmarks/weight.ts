/**
 * What each page of the workspace loads before it can be drawn, from the build and without a browser. Run it with
 * `node benchmarks/weight.ts`; `--files` also tells the scripts of each page.
 */
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { gzipSync } from 'node:zlib'
import { kilobytes, pagesOf } from '../apps/web/build/weight.ts'
import { buildWeb } from '../scripts/build-web.mjs'

const { values: options } = parseArgs({ options: { files: { type: 'boolean', default: false } } })
const root = resolve(import.meta.dirname, '..')
const dist = join(root, 'apps/web/dist')

function told(files: string[]): string {
  const gzip = files.reduce((sum, file) => sum + gzipSync(readFileSync(join(dist, file))).length, 0) / 1024
  const brotli = kilobytes(dist, files)
  return `${gzip.toFixed(0).padStart(4)} KB gzip, ${brotli.toFixed(0).padStart(4)} KB brotli in ${files.length}`
}

buildWeb(root)
for (const { path, scripts, styles } of pagesOf(dist)) {
  console.log(`${path.padEnd(31)} scripts ${told(scripts).padEnd(36)} styles ${told(styles)}`)
  if (options.files) for (const file of scripts) console.log(`    ${told([file])}  ${file}`)
}
