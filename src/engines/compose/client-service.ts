import { fillTemplate } from '../../files/fill-template.ts'
import type { Fleet } from '../../fleet/fleet.ts'
import { clientNames, fleetNames, POSTGRES, REDIS } from '../../fleet/names.ts'
import type { ClientDeclaration } from '../../fleet/schema.ts'
import { botEnvironment, type EnvValues } from '../bot-environment.ts'
import type { Images } from './images.ts'
import { mergeService } from './merge-service.ts'

/** Compose fills the values in from `.env` when it runs: no secret gets into a generated file. */
const references: EnvValues = {
  required: (name) => `\${${name}}`,
  inUrl: (name) => `\${${name}}`,
  optional: (names, fallback = '') =>
    names.reduceRight((otherwise, name) => `\${${name}:-${otherwise}}`, fallback),
}

const AT = { postgres: { host: POSTGRES, port: 5432 }, redis: { host: REDIS, port: 6379 } }

/** The compose service of a client's bot, from the template and the declaration. */
export function renderClientService(
  fleet: Fleet,
  declaration: ClientDeclaration,
  template: string,
  images: Images,
): string {
  const { service } = clientNames(declaration.id)
  const { memory, cpus } = fleet.settings.bots
  const environment = { ...botEnvironment(fleet, declaration, references, AT), HEALTH_PORT: '8080' }
  const values: Record<string, string> = {
    service,
    image: images.bot,
    container: fleetNames(fleet.settings.name).container(service),
    fleetId: fleet.settings.id,
    memory,
    cpus: String(cpus),
    environment: Object.entries(environment)
      .map(([name, value]) => `\n      ${name}: ${scalar(value)}`)
      .join(''),
  }
  const text = fillTemplate(template, values)
  // A bot that the operator keeps stopped must not come back by somebody's `docker compose up -d`.
  const held = declaration.run ? text : text.replace(/^ {4}image:/m, '    profiles: [stopped]\n    image:')
  if (declaration.compose === undefined) return held
  return mergeService(held, service, declaration.compose, `clients/${declaration.id}.yml`)
}

/** Plain where YAML takes it as the same text, else quoted. */
function scalar(value: string): string {
  const plain =
    /^[A-Za-z$][\w${}:/@.?=-]*$/.test(value) &&
    !/[:\s]$/.test(value) &&
    !/^(true|false|null|yes|no|on|off)$/i.test(value)
  return plain ? value : JSON.stringify(value)
}
