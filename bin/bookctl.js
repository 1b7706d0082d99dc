#!/usr/bin/env node
const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`bookctl needs Node.js 20.19 or newer; this is ${process.version}`)
  process.exit(13)
}
// Traces that --verbose prints name the sources; reading the maps takes time that no other run has to spend.
if (process.argv.includes('--verbose')) process.setSourceMapsEnabled(true)
let cli
try {
  cli = await import('../dist/src/cli.js')
} catch (error) {
  if (error.code !== 'ERR_MODULE_NOT_FOUND' || !String(error.message).includes('dist/src/cli.js')) throw error
  console.error('bookctl is not built yet. Run: npm ci && npm run build')
  process.exit(13)
}
await cli.main(process.argv.slice(2))
