import { shellWord } from '../exec/shell-word.ts'

/** What a fleet's lines in a crontab are made of. */
export interface BlockFacts {
  /** The fleet's, so that several fleets can have their blocks in one crontab. */
  fleetId: string
  fleetName: string
  fleetDir: string
  node: string
  program: string
  /** Variables by which the programs that bookctl calls are found; cron gives next to none. */
  environment: Record<string, string>
}

const startOf = (fleetId: string) => `# >>> bookctl fleet ${fleetId}`
const OUR_COMMAND = / schedule run --quiet --fleet /
const endOf = (fleetId: string) => `# <<< bookctl fleet ${fleetId}`

/** The minute of the hour at which a fleet's looks begin: fleets of one machine do not all start at once. */
export function minuteOf(fleetId: string): number {
  let sum = 0
  for (const letter of fleetId) sum = (sum * 31 + letter.charCodeAt(0)) % 60_000
  return sum % 60
}

/** The block: one line that looks once an hour, between two that say whose it is. */
export function cronBlock(facts: BlockFacts): string {
  const { fleetId, fleetName, environment } = facts
  const variables = Object.entries(environment).map(([name, value]) => `${name}=${shellWord(value)} `)
  const command = forCron(variables.join('')) + commandOf(facts)
  return [
    `${startOf(fleetId)} (${fleetName}); written by bookctl schedule install, taken out by bookctl schedule remove`,
    `${minuteOf(fleetId)} * * * * ${command}`,
    endOf(fleetId),
    '',
  ].join('\n')
}

/** Whether a block does what a new one would. Variables may differ: they are those of whoever installed it. */
export function isUpToDate(block: string, facts: BlockFacts): boolean {
  const [, line = ''] = block.split('\n')
  return line.startsWith(`${minuteOf(facts.fleetId)} * * * * `) && line.endsWith(` ${commandOf(facts)}`)
}

function commandOf({ node, program, fleetDir }: BlockFacts): string {
  return forCron([node, program, 'schedule', 'run', '--quiet', '--fleet', fleetDir].map(shellWord).join(' '))
}

/** To cron, a percent sign ends the command. */
const forCron = (command: string) => command.replaceAll('%', String.raw`\%`)

/** A fleet's block as it stands in a crontab; undefined when it has none. */
export function findBlock(crontab: string, fleetId: string): string | undefined {
  return takeApart(crontab, fleetId)?.block
}

/** The crontab with this block, in the old one's place; every other line stays byte for byte. */
export function withBlock(crontab: string, fleetId: string, block: string): string {
  const found = takeApart(crontab, fleetId)
  if (found) return found.before + block + found.after
  return crontab + (crontab === '' || crontab.endsWith('\n') ? '' : '\n') + block
}

/** The crontab without the fleet's block. */
export function withoutBlock(crontab: string, fleetId: string): string {
  return withBlock(crontab, fleetId, '')
}

/**
 * Only lines that bookctl writes are the block's: what a person has put between them stays, behind it, and a block
 * whose end was deleted does not reach into the lines of others.
 */
function takeApart(crontab: string, fleetId: string) {
  const lines = crontab.match(/[^\n]*\n|[^\n]+$/g) ?? []
  const starts = (marker: string) => (line: string) => `${line.trimEnd()} `.startsWith(`${marker} `)
  const start = lines.findIndex(starts(startOf(fleetId)))
  if (start === -1) return undefined
  const end = lines.findIndex((line, index) => index > start && starts(endOf(fleetId))(line))
  const last = end === -1 ? start + 1 : end
  const isOurs = (line: string, index: number) =>
    index === start || (index > start && index <= last && (index === end || OUR_COMMAND.test(line)))
  return {
    before: lines.slice(0, start).join(''),
    block: lines.filter(isOurs).join(''),
    after: lines.filter((line, index) => index > start && !isOurs(line, index)).join(''),
  }
}
