import { parseArgs } from 'node:util'
import { startSandbox } from './server.ts'

// Stands alone, for a host without bookctl: node dist/sandbox/main.js --port 8081
const { values } = parseArgs({
  options: { port: { type: 'string', default: '8081' }, host: { type: 'string', default: '127.0.0.1' } },
})
const sandbox = await startSandbox({ port: Number(values.port), host: values.host })
console.log(sandbox.url)
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    void sandbox.close().then(() => process.exit(0))
  })
}
