import { dropLeftovers, ensureTemplate, removeOldFolders, startTestServer } from './test-server.ts'

// tap's `before`: the server and the migrated template are ready when the first test file asks for a database.
// There is no `after`: the server stops by itself once no test has used it for a while, however the run ends.
await removeOldFolders()
const server = await startTestServer()
await dropLeftovers(server.ownerUrl)
await ensureTemplate(server.ownerUrl)
await server.leaveRunning(20)
