import { setTimeout as pause } from 'node:timers/promises'
import { openDatabase } from '../../src/data/database.ts'
import {
  claimDemo,
  type DemoClaim,
  type DemoState,
  findDemoAddress,
  findDemoState,
  markDemoDatabase,
} from '../../src/data/demo.ts'
import { deleteEmbeddedDatabase } from '../../src/data/server/embedded-server.ts'
import { type DatabaseServer, openDatabaseServer } from '../../src/data/server/open-server.ts'
import { StartProblem } from '../../src/problem-lines.ts'

export type OpenedDemo = {
  /** Its release gives up the claim, too. */
  server: DatabaseServer
  claim: DemoClaim
  /** Whether the demo is there already; else the database is empty, and marked as the demo's. */
  ready: boolean
  /** What became of the database that was there, where something did. */
  said: string
}

/**
 * The demo's database, claimed for this process. One that was interrupted while it was being made is deleted and begun anew, and so
 * is any demo where `fresh` asks for it; a database that is none is left alone.
 * @throws ServerProblem, StartProblem with one sentence for the person
 */
export async function openDemoDatabase(dataDir: string, fresh: boolean): Promise<OpenedDemo> {
  const opened = await openAndClaim(dataDir)
  const { server, claim, state } = opened
  try {
    if (state === 'other') {
      throw new StartProblem(
        `The database in ${dataDir} is not a demo, so the demo leaves it alone: give it another folder, such as DATA_DIR=.data/demo.`,
      )
    }
    if (state === 'ready' && !fresh)
      return { server: together(server, claim), claim, ready: true, said: 'as it was left' }
    if (state === 'empty') return await begin(opened, 'new')
  } catch (error) {
    await leave(opened)
    throw error
  }
  await leave(opened)
  await deleteDatabase(dataDir)
  const anew = await openAndClaim(dataDir)
  try {
    return await begin(
      anew,
      state === 'unfinished' ? 'the last start was interrupted, so it begins anew' : 'deleted and begun anew',
    )
  } catch (error) {
    await leave(anew)
    throw error
  }
}

type Claimed = { server: DatabaseServer; claim: DemoClaim; state: DemoState }

async function openAndClaim(dataDir: string): Promise<Claimed> {
  const server = await openDatabaseServer({ dataDir })
  try {
    const claim = await claimWithPatience(dataDir, server)
    try {
      const db = openDatabase(server.ownerUrl, { name: 'demo state', max: 1 })
      const state = await findDemoState(db).finally(() => db.destroy())
      return { server, claim, state }
    } catch (error) {
      await claim.release()
      throw error
    }
  } catch (error) {
    await server.release()
    throw error
  }
}

/** A demo that was just killed holds its claim until its connection is missed: that takes moments. */
async function claimWithPatience(dataDir: string, server: DatabaseServer): Promise<DemoClaim> {
  for (let attempt = 1; ; attempt += 1) {
    const claim = await claimDemo(server.ownerUrl)
    if (claim !== undefined) return claim
    if (attempt === 4) break
    await pause(250)
  }
  const address = await findDemoAddress(server.ownerUrl)
  throw new StartProblem(
    address === undefined
      ? `Another demo is being started on ${dataDir}: wait for it, or give this one another DATA_DIR.`
      : `The demo on ${dataDir} is running already, at ${address}: use that one, or give this one another DATA_DIR.`,
  )
}

async function begin({ server, claim }: Claimed, said: string): Promise<OpenedDemo> {
  const db = openDatabase(server.ownerUrl, { name: 'demo mark', max: 1 })
  await markDemoDatabase(db).finally(() => db.destroy())
  return { server: together(server, claim), claim, ready: false, said }
}

/** The claim is a session of the server: it ends first, or the server would be kept for it. */
function together(server: DatabaseServer, claim: DemoClaim): DatabaseServer {
  return {
    ...server,
    release: async () => {
      await claim.release()
      await server.release()
    },
  }
}

async function leave({ server, claim }: Claimed): Promise<void> {
  await claim.release()
  await server.release()
}

/** Sessions end a moment after their process: what is left of a demo that was killed is waited for. */
async function deleteDatabase(dataDir: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await deleteEmbeddedDatabase(dataDir)
      return
    } catch (error) {
      if (attempt === 8) throw error
      await pause(250)
    }
  }
}
