/** Puts a file as small as Brotli makes it beside each one that is worth it: the server has no time for that. */
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants } from 'node:zlib'
import type { Plugin } from 'vite'

const compress = promisify(brotliCompress)
/** In bytes; below, the headers weigh more than what is saved. */
const smallest = 256

export function compressed(): Plugin {
  return {
    name: 'compressed',
    apply: 'build',
    writeBundle: {
      order: 'post',
      async handler({ dir }) {
        const assets = join(dir!, 'assets')
        const names = (await readdir(assets)).filter((name) => /\.(js|css)$/.test(name))
        await Promise.all(names.map((name) => writeSmaller(join(assets, name))))
      },
    },
  }
}

async function writeSmaller(file: string): Promise<void> {
  const plain = await readFile(file)
  if (plain.length < smallest) return
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11 }
  await writeFile(`${file}.br`, await compress(plain, { params }))
}
