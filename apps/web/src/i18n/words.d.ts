/** Made by build/words.ts: the areas of a part in one language, by their names. */
declare module 'words:*' {
  import type { Words } from './texts.ts'

  const texts: Record<string, Words>
  export default texts
}
