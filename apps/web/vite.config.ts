import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'
import { areaOf, isLater } from './src/i18n/areas.ts'

/** Where the dev server finds the API; `npm run dev` starts one beside it. */
const server = process.env.OF_API_URL ?? 'http://localhost:3000'

export default defineConfig({
  plugins: [react(), stylesAfterOutline()],
  build: {
    // The policy allows fonts and images from our own address only, so nothing is inlined as data.
    assetsInlineLimit: 0,
    target: 'es2022',
    rolldownOptions: {
      output: {
        codeSplitting: {
          // A few files instead of fifty: each request takes a round trip, and a phone has few at a time.
          groups: [
            { name: wordsOf, test: /i18n.*\.json$/, priority: 3 },
            { name: 'start', tags: ['$initial'], priority: 2 },
            { name: 'pages', minShareCount: 6, priority: 1 },
          ],
        },
      },
    },
  },
  server: {
    port: Number(process.env.OF_WEB_PORT ?? 5173),
    strictPort: true,
    proxy: { '/api': { target: server, changeOrigin: false } },
  },
})

/** One file of words for what the first page needs in a language, one for the rest. */
function wordsOf(id: string): string | null {
  const found = areaOf(id)
  return found ? `words-${found.language}${isLater(found.area) ? '-later' : ''}` : null
}

/** Puts the style sheets behind the outline in index.html, which brings its own few rules: so it is painted at once. */
function stylesAfterOutline(): Plugin {
  return {
    name: 'styles-after-outline',
    transformIndexHtml: {
      order: 'post',
      handler(html) {
        const links = html.match(/ *<link rel="stylesheet"[^>]*>\n/g) ?? []
        const without = links.reduce((rest, link) => rest.replace(link, ''), html)
        return without.replace(/ *<div id="root">/, (root) => links.join('') + root)
      },
    },
  }
}
