import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { findOnPath } from '../../src/engines/local/binaries.ts'

/** How the tests start Chromium: the one of CHROMIUM_PATH or of this machine, without anything that reaches out. */
export function findChromium() {
  return {
    executablePath: process.env['CHROMIUM_PATH'] ?? findOnPath('chromium') ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  }
}

/** Pictures are kept where SCREENSHOTS_DIR names a folder. */
export async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env['SCREENSHOTS_DIR']
  if (!folder) return
  mkdirSync(folder, { recursive: true })
  await page.screenshot({ path: join(folder, `${name}.png`) })
}
