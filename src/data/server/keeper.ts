import { text } from 'node:stream/consumers'
import { keep } from './leaving.ts'

// A process of its own, without a terminal: keeps a server running after the command that started it has ended.
const [dataDir] = process.argv.slice(2)
const note = await text(process.stdin)
if (dataDir !== undefined && note !== '') await keep(dataDir, note)
