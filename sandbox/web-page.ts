import { readFile } from 'node:fs/promises'
import type { ServerResponse } from 'node:http'

const PAGES: Record<string, { file: string; type: string }> = {
  '/': { file: 'index.html', type: 'text/html' },
  '/chat.css': { file: 'chat.css', type: 'text/css' },
  '/chat.js': { file: 'chat.js', type: 'text/javascript' },
  '/pane.js': { file: 'pane.js', type: 'text/javascript' },
  '/api.js': { file: 'api.js', type: 'text/javascript' },
}

/** Serves the web chat. Only the files listed here exist, so no path can leave the folder. */
export async function sendPage(path: string, response: ServerResponse): Promise<void> {
  const page = PAGES[path]
  if (!page) {
    response.writeHead(404, { 'content-type': 'text/plain' }).end('Not found\n')
    return
  }
  const content = await readFile(new URL(`./web/${page.file}`, import.meta.url))
  response.writeHead(200, {
    'content-type': `${page.type}; charset=utf-8`,
    'cache-control': 'no-cache',
    'content-security-policy':
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:",
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
  })
  response.end(content)
}
