import { text } from 'node:stream/consumers'
import { keepUntilIdle } from './embedded-server.ts'

// A process of its own, without a terminal: keeps a server alive after the command that started it has ended.
const [dataDir, idleSeconds] = process.argv.slice(2)
const note = await text(process.stdin)
if (dataDir !== undefined && note !== '') await keepUntilIdle(dataDir, note, Number(idleSeconds))
