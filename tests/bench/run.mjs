// `npm run bench [-- NAME …]`: one JSON line a figure: bench, name, value, unit, and for a comparison baseline, baselineValue, ratio.
import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const folder = fileURLToPath(new URL('.', import.meta.url))
const all = readdirSync(folder)
  .filter((file) => file.endsWith('.mjs') && file !== 'run.mjs')
  .map((file) => file.slice(0, -4))
// A word after an option is the option's: --pictures DIR.
const asked = process.argv.slice(2).filter((word, i, words) => !word.startsWith('-') && !words[i - 1]?.startsWith('--'))
const unknown = asked.filter((name) => !all.includes(name))
if (unknown.length > 0) {
  console.error(`There is no bench called ${unknown.join(', ')}. There are: ${all.join(', ')}.`)
  process.exit(1)
}

process.stderr.write('Building what is measured …\n')
for (const mode of [[], ['--mode', 'server']]) {
  const built = spawnSync('npx', ['vite', 'build', '--logLevel', 'error', ...mode], {
    stdio: ['ignore', 2, 'inherit'],
    shell: process.platform === 'win32',
  })
  if (built.status !== 0) process.exit(1)
}
// Without pictures there is nothing for it to read.
const usual = process.argv.includes('--pictures') ? all : all.filter((each) => each !== 'scan')
for (const name of asked.length > 0 ? asked : usual) {
  const { figures } = await import(new URL(`./${name}.mjs`, import.meta.url).href)
  for await (const figure of figures()) console.log(JSON.stringify({ bench: name, ...withRatio(figure) }))
}

function withRatio(figure) {
  // Of nothing there is no ratio: no false reads beside no false reads.
  if (!figure.baselineValue) return figure
  return { ...figure, ratio: Number((figure.value / figure.baselineValue).toFixed(3)) }
}
