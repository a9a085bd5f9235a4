import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const npm = (names: string) => new RegExp(`node_modules[\\\\/](${names})[\\\\/]`)

export default defineConfig({
  plugins: [react()],
  server: {
    port: 4311,
    proxy: { '/api': { target: 'http://127.0.0.1:4310' } },
  },
  build: {
    target: ['chrome123', 'edge123', 'firefox120', 'safari17.5'],
    sourcemap: true,
    // Assets as data: URLs would be blocked by the content security policy.
    assetsInlineLimit: 0,
    rolldownOptions: {
      output: {
        // React changes less often than we do, so caches keep it. All else is split by
        // page, so that the first one does not wait for what only another one uses.
        codeSplitting: {
          groups: [
            { name: 'react', test: npm('react|react-dom|scheduler'), priority: 20 },
            { name: 'ui', test: /[\\/]web[\\/]src[\\/]ui[\\/]/, priority: 10 },
          ],
        },
      },
    },
  },
})
