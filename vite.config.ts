import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import type { Plugin } from 'vite'
import { VitePWA } from 'vite-plugin-pwa'
import { defineConfig } from 'vitest/config'

const root = import.meta.dirname

/** `vite build` makes the phone's app in dist/app; `vite build --mode server` the server and its commands in dist/server. */
export default defineConfig(({ mode }) => ({
  root: mode === 'server' || mode === 'test' ? root : join(root, 'src'),
  publicDir: mode === 'server' ? false : join(root, 'public'),
  cacheDir: join(root, 'node_modules/.vite'),
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  define: { __BUILD__: JSON.stringify(buildName()) },
  plugins: mode === 'server' || mode === 'test' ? [] : [inlineStyles(), serviceWorker(), compressed()],
  worker: { format: 'es' },
  server: { proxy: { '/api': 'http://localhost:8080' } },
  build:
    mode === 'server'
      ? serverBuild()
      : {
          outDir: join(root, 'dist/app'),
          emptyOutDir: true,
          target: 'es2022',
          modulePreload: { polyfill: false },
          rollupOptions: {
            input: { index: join(root, 'src/index.html'), visit: join(root, 'src/visit.html') },
            // In a folder of its own, so that the service worker leaves out this and nothing that the gate shares with it.
            output: { entryFileNames: ({ name }) => `assets/${name === 'visit' ? 'visit/' : ''}[name]-[hash].js` },
          },
        },
  test: {
    projects: [
      {
        extends: true,
        test: { name: 'unit', include: ['tests/{domain,wire,trust,vault,storage,sync,scan,files,reports,app,server}/**/*.test.{ts,tsx}'] },
      },
      { extends: true, test: { name: 'journeys', include: ['tests/journeys/**/*.test.ts'], testTimeout: 60_000, hookTimeout: 60_000 } },
      {
        extends: true,
        test: {
          name: 'browser',
          include: ['tests/browser/**/*.test.ts'],
          setupFiles: ['tests/browser/support/clear-of-midnight.ts'],
          testTimeout: 120_000,
          hookTimeout: 240_000,
          fileParallelism: false,
        },
      },
    ],
  },
}))

function serverBuild() {
  return {
    ssr: true,
    outDir: join(root, 'dist/server'),
    emptyOutDir: true,
    target: 'node20',
    rollupOptions: {
      input: {
        main: join(root, 'src/server/main.ts'),
        demo: join(root, 'src/server/commands/demo.ts'),
        admin: join(root, 'src/server/commands/admin.ts'),
      },
      output: { entryFileNames: '[name].mjs', chunkFileNames: '[name]-[hash].mjs' },
    },
  }
}

function serviceWorker() {
  return VitePWA({
    strategies: 'injectManifest',
    srcDir: '../sw',
    filename: 'service-worker.ts',
    injectRegister: null,
    manifest: false,
    injectManifest: {
      rollupFormat: 'iife',
      globPatterns: ['**/*.{html,js,css,svg,png,webmanifest,wasm}'],
      // A visitor's page is for other phones; large icons only the installing browser asks for.
      globIgnores: ['screenshots/**', 'icons/*512*', 'icons/apple*', 'visit.html', 'assets/visit/**'],
    },
  })
}

/** Puts the style sheet into the page: one request less before the first paint. */
function inlineStyles(): Plugin {
  const inlined: string[] = []
  return {
    name: 'inline-styles',
    apply: 'build',
    enforce: 'post',
    generateBundle(_, bundle) {
      for (const page of Object.values(bundle)) {
        if (page.type !== 'asset' || !page.fileName.endsWith('.html')) continue
        page.source = String(page.source).replace(/<link rel="stylesheet"[^>]*href="\/([^"]+)"[^>]*>/g, (link, file: string) => {
          const sheet = bundle[file]
          if (sheet?.type !== 'asset') return link
          inlined.push(file)
          return `<style>${String(sheet.source)}</style>`
        })
      }
      for (const file of inlined) delete bundle[file]
    },
    // A chunk that shares code with the entry would fetch the entry's sheet before it runs; the page has it already.
    writeBundle({ dir = '' }, bundle) {
      const entry = Object.values(bundle).find((file) => file.type === 'chunk' && file.isEntry && file.name === 'index')
      for (const { type, fileName } of Object.values(bundle)) {
        if (type !== 'chunk' || !entry) continue
        const path = join(dir, fileName)
        const code = readFileSync(path, 'utf8')
        const without = inlined.reduce((text, sheet) => text.replaceAll(sheet, entry.fileName), code)
        if (without !== code) writeFileSync(path, without)
      }
    },
  }
}

/** Lays a .br and a .gz beside each text file, for the server to send as they are. */
function compressed(): Plugin {
  return {
    name: 'compressed',
    apply: 'build',
    enforce: 'post',
    closeBundle: {
      order: 'post',
      sequential: true,
      handler() {
        for (const file of filesBelow(join(root, 'dist/app'))) {
          if (!/\.(html|js|css|svg|json|webmanifest|wasm)$/.test(file)) continue
          const bytes = readFileSync(file)
          writeFileSync(`${file}.br`, brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }))
          writeFileSync(`${file}.gz`, gzipSync(bytes, { level: 9 }))
        }
      },
    },
  }
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name)
    return statSync(path).isDirectory() ? filesBelow(path) : [path]
  })
}

function buildName(): string {
  return JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version
}
