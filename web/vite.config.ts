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
        // What changes with our releases apart from what does not, so caches last.
        codeSplitting: {
          groups: [
            { name: 'react', test: npm('react|react-dom|scheduler'), priority: 20 },
            { name: 'mantine', test: npm('@mantine|@floating-ui|clsx'), priority: 10 },
            { name: 'tanstack', test: npm('@tanstack'), priority: 10 },
          ],
        },
      },
    },
  },
})
