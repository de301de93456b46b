import { startEmbeddedServer } from '../../src/data/server/embedded-server.ts'

// A command that uses the embedded server of its first argument until its standard input ends.
try {
  const server = await startEmbeddedServer(process.argv[2] ?? '', { volatile: true })
  console.log(JSON.stringify({ ownerUrl: server.ownerUrl, webUrl: server.webUrl, started: server.started }))
  for await (const _ of process.stdin);
  await server.stop()
} catch (error) {
  console.log(JSON.stringify({ name: error instanceof Error ? error.name : '', message: String(error) }))
  process.exitCode = 1
}
