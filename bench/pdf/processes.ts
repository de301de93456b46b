import { readdir, readFile } from 'node:fs/promises'

/**
 * What a process and all that it has started hold, in megabytes: of what they share each counts its part (proc_pid_smaps_rollup,
 * Pss). 0 where the system does not tell, which is anywhere but on Linux.
 */
export async function residentMegabytes(pid: number | undefined): Promise<number> {
  if (pid === undefined) return 0
  const parents = new Map<number, number>()
  for (const name of await readdir('/proc').catch(() => [])) {
    const stat = /^\d+$/.test(name) ? await readFile(`/proc/${name}/stat`, 'utf8').catch(() => '') : ''
    if (stat !== '') parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]))
  }
  const family = [pid]
  for (const member of family) {
    for (const [child, parent] of parents) if (parent === member) family.push(child)
  }
  let kilobytes = 0
  for (const member of family) {
    const rollup = await readFile(`/proc/${member}/smaps_rollup`, 'utf8').catch(() => '')
    kilobytes += Number(/^Pss:\s+(\d+)/m.exec(rollup)?.[1] ?? 0)
  }
  return kilobytes / 1024
}
