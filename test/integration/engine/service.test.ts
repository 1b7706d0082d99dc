import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { Service } from '../../../src/engines/local/service.ts'
import { eventually } from '../../support/throwaway-servers.ts'

test('the exit code of a child counts, also where its end is noticed before it is heard of: a hopeless one is not started again', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'service-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const service = new Service(
    'bot-client-001',
    {
      stopSignal: 'SIGTERM',
      stopMs: 1_000,
      killSignal: 'SIGKILL',
      prepare: () => Promise.resolve({ argv: ['/bin/sh', '-c', 'exit 12'], env: {}, cwd: folder }),
    },
    { logFile: join(folder, 'log'), save: () => undefined, report: () => undefined },
  )
  await service.start()
  const deadline = Date.now() + 10_000
  // Without a pause, so that this process hears of nothing meanwhile.
  while (service.running && Date.now() < deadline);
  service.check()
  await eventually(() => {
    expect(service.state()).toMatchObject({ state: 'exited', exitCode: 12, restarts: 0 })
    return Promise.resolve()
  })
})
