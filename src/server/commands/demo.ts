import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { readConfig, readPort } from '../config'
import { cardsRoute, demoSamples, type Sample } from '../demo/cards-page'
import { loadDemo } from '../demo/load'
import { PlainError, runPlainly } from '../plain-error'
import { usualDataFolder } from '../postgres/embedded'
import { openDatabase, startServer, stopOnSignals } from '../start'

const MARK = 'cluster' // what our data folders hold: nothing else is ever deleted

await runPlainly(async () => {
  const { json, port, data } = options()
  const folder = data ?? `${usualDataFolder()}-demo`
  await startAfresh(folder)
  const config = readConfig({ HOST: process.env.HOST, PORT: port, DATA_DIR: folder })
  let samples: readonly Sample[] = []
  const running = await startServer(config, { also: (app) => cardsRoute(app, () => samples) })
  stopOnSignals(running.stop)
  const demo = await loadDemo(running.pool, Date.now())
  samples = await demoSamples(running.pool, demo.rosters, Date.now())
  const { url } = running
  const link = (code: string) => `${url}/activate#${code}`
  const told = {
    url,
    volunteer: link(demo.codes.volunteer),
    lead: link(demo.codes.lead),
    admin: link(demo.codes.admin),
    cards: `${url}/cards`,
  }
  process.stdout.write(json ? `${JSON.stringify(told)}\n` : inWords(told))
})

function options(): { json: boolean; port: string; data: string | undefined } {
  try {
    const { values } = parseArgs({ options: { json: { type: 'boolean' }, port: { type: 'string' }, data: { type: 'string' } } })
    const port = values.port ?? '8080'
    readPort('--port', port)
    return { json: values.json ?? false, port, data: values.data }
  } catch (cause) {
    if (cause instanceof PlainError) throw cause
    throw new PlainError(`${cause instanceof Error ? cause.message : cause} The demo takes --json, --port N and --data DIR.`)
  }
}

/** Empties the demo's own folder; one that holds anything else is left alone. */
async function startAfresh(folder: string): Promise<void> {
  if (!existsSync(folder) || readdirSync(folder).length === 0) return
  if (!existsSync(join(folder, MARK)))
    throw new PlainError(`${folder} is not a folder of the demo's: choose an empty or a new one with --data.`)
  // A demo that was killed may have left its PostgreSQL running.
  const { close } = await openDatabase({ dataFolder: folder })
  await close()
  rmSync(join(folder, MARK), { recursive: true, force: true })
}

function inWords(told: Record<'url' | 'volunteer' | 'lead' | 'admin' | 'cards', string>): string {
  return `
Gatepost 值守 · demo at ${told.url}

  volunteer 志愿者      ${told.volunteer}
  shift lead 值班组长   ${told.lead}
  admin 社区管理员      ${told.admin}
  sample cards 样卡     ${told.cards}

Each link works once. Ctrl-C stops everything. Every name is made up.
`
}
