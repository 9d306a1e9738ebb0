import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** Where the dev server finds the API; `npm run dev` starts one beside it. */
const server = process.env.OF_API_URL ?? 'http://localhost:3000'

export default defineConfig({
  plugins: [react()],
  build: {
    // The policy allows fonts and images from our own address only, so nothing is inlined as data.
    assetsInlineLimit: 0,
    target: 'es2022',
  },
  server: {
    port: Number(process.env.OF_WEB_PORT ?? 5173),
    strictPort: true,
    proxy: { '/api': { target: server, changeOrigin: false } },
  },
})
