/** Labels of our own on everything that a fleet makes, and of Compose on its containers. */
export const LABEL = {
  fleet: 'bookctl.fleet',
  project: 'com.docker.compose.project',
  service: 'com.docker.compose.service',
  configHash: 'com.docker.compose.config-hash',
} as const

export const BASE_FILE = 'docker-compose.base.yml'
/** For people: everything in one file, so that `docker compose up -d`, `ps`, `logs` work in the fleet folder. */
export const MERGED_FILE = 'docker-compose.yml'

/** One column of `docker ps`, `network ls` and `volume ls`: a label's value. */
export const labelColumn = (label: string) => `{{.Label "${label}"}}`

/** `docker compose` over the shared stack and, where named, one client's file: the cost does not grow with the fleet. */
export function composeWords(project: string, files: readonly string[], ...words: string[]): string[] {
  return ['compose', '-p', project, ...files.flatMap((file) => ['-f', file]), ...words]
}

/** Containers of a project, running or not; of one service where it is named. Columns are separated by tabs. */
export function listWords(project: string, columns: readonly string[], service?: string): string[] {
  const only = (label: string, value: string) => ['--filter', `label=${label}=${value}`]
  return [
    'ps',
    '--all',
    '--no-trunc',
    ...only(LABEL.project, project),
    ...(service === undefined ? [] : only(LABEL.service, service)),
    '--format',
    columns.join('\t'),
  ]
}
