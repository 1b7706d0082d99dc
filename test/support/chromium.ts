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
