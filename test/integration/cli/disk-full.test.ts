import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'vitest'
import { fullDiskRuns } from '../../support/full-disk-runs.ts'
import { eventually } from '../../support/throwaway-servers.ts'

fullDiskRuns(12, (disk, fleet) => {
  test('costs no bot: customers are served, and a bot that dies is started again', async () => {
    const bot = await fleet().addClient('client_d')
    const person = fleet().sandbox.person(bot.id, await fleet().sandbox.createUser({ first_name: 'Маша' }))
    const answered = (times: number) =>
      person.waitFor(
        (view) => view.messages.filter((message) => message.from.is_bot).length === times,
        `answer ${times}`,
      )
    disk.fill()
    await person.write('/start')
    await answered(1)
    const { 'bot-client-d': before } = JSON.parse(
      readFileSync(join(disk.dir, '.bookctl/local/processes.json'), 'utf8'),
    ) as Record<string, { pid: number }>
    process.kill(before?.pid ?? 0, 'SIGKILL')
    await person.write('/start')
    await answered(2)
    disk.makeRoom()
    await eventually(async () => {
      const { 'bot-client-d': now } = JSON.parse(
        readFileSync(join(disk.dir, '.bookctl/local/processes.json'), 'utf8'),
      ) as Record<string, { pid: number }>
      if (now?.pid === before?.pid) throw new Error('the record of its process is the old one')
    })
    await fleet().ok(['status'])
  })
})
