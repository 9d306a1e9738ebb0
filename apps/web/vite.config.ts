import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { compressed } from './build/compressed.ts'
import { withoutDoorways } from './build/doorways.ts'
import { guides } from './build/guides.ts'
import { earlyInside, stylesAfterOutline } from './build/html.ts'
import { mantineStyles } from './build/mantineStyles.ts'
import { ownTexts } from './build/ownTexts.ts'
import { entries, groupsOf, makePlan, type Plan } from './build/plan.ts'
import { routeFiles } from './build/routes.ts'
import { themeVariables } from './build/themeVariables.ts'
import { words } from './build/words.ts'

/** Where the dev server finds the API; `npm run dev` starts one beside it. */
const server = process.env.OF_API_URL ?? 'http://localhost:3000'

export default defineConfig(async ({ command }) => {
  const plan =
    command === 'build'
      ? await makePlan([react(), ownTexts(), words(), guides(), mantineStyles()])
      : (new Map() satisfies Plan)
  return {
    plugins: [
      react(),
      ownTexts(),
      words(),
      guides(),
      mantineStyles(),
      earlyInside(),
      themeVariables(),
      stylesAfterOutline(),
      withoutDoorways(),
      routeFiles(),
      compressed(),
    ],
    build: {
      // The policy allows fonts and images from our own address only, so nothing is inlined as data.
      assetsInlineLimit: 0,
      target: 'es2022',
      // Those that need a stand-in for it only find the files a little later.
      modulePreload: { polyfill: false },
      rolldownOptions: { input: entries, output: { codeSplitting: { groups: groupsOf(plan) } } },
    },
    server: {
      port: Number(process.env.OF_WEB_PORT ?? 5173),
      strictPort: true,
      proxy: { '/api': { target: server, changeOrigin: false } },
    },
  }
})
