import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'
import { compressed } from './build/compressed.ts'
import { guides } from './build/guides.ts'
import { groupsOf, makePlan, type Plan } from './build/plan.ts'
import { routeFiles } from './build/routes.ts'
import { words } from './build/words.ts'

/** Where the dev server finds the API; `npm run dev` starts one beside it. */
const server = process.env.OF_API_URL ?? 'http://localhost:3000'

export default defineConfig(async ({ command }) => {
  const plan = command === 'build' ? await makePlan([react(), words(), guides()]) : (new Map() satisfies Plan)
  return {
    plugins: [react(), words(), guides(), stylesAfterOutline(), routeFiles(), compressed()],
    build: {
      // The policy allows fonts and images from our own address only, so nothing is inlined as data.
      assetsInlineLimit: 0,
      target: 'es2022',
      rolldownOptions: { output: { codeSplitting: { groups: groupsOf(plan) } } },
    },
    server: {
      port: Number(process.env.OF_WEB_PORT ?? 5173),
      strictPort: true,
      proxy: { '/api': { target: server, changeOrigin: false } },
    },
  }
})

/**
 * Puts the style sheets behind the outline in index.html, which brings its own few rules: so it is painted at once, and
 * scripts do not take the line from what paints it.
 */
function stylesAfterOutline(): Plugin {
  return {
    name: 'styles-after-outline',
    transformIndexHtml: {
      order: 'post',
      handler(html) {
        const links = html.match(/ *<link rel="stylesheet"[^>]*>\n/g) ?? []
        const without = links.reduce((rest, link) => rest.replace(link, ''), html)
        return without
          .replace(/ *<div id="root">/, (root) => links.join('') + root)
          .replaceAll('<script type="module"', '<script type="module" fetchpriority="low"')
      },
    },
  }
}
