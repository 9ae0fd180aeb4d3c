import { readConfig } from './config'
import { runPlainly } from './plain-error'
import { startServer, stopOnSignals } from './start'

await runPlainly(async () => {
  const running = await startServer(readConfig(process.env), { logger: { level: 'info' } })
  stopOnSignals(running.stop)
  process.stdout.write(`Gatepost answers at ${running.url}\n`)
  const { rowCount } = await running.pool.query('select from communities limit 1')
  if (rowCount === 0)
    process.stdout.write('There is no community yet. Make one, from another terminal: npm run admin -- community add --help\n')
})
