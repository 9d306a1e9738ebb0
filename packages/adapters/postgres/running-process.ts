import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** What tells a process from another that was given the same pid later. */
export interface RunningProcess {
  /** Opaque; equal for the same process, different for every other one with that pid. */
  startedAt: string
  /** The program and its arguments, as far as the system tells. */
  command: string
}

/** The process with this pid, or undefined when none runs. */
export function describeProcess(pid: number): RunningProcess | undefined {
  try {
    if (process.platform === 'linux') return describeOnLinux(pid)
    if (process.platform === 'win32') return describeOnWindows(pid)
    return describeWithPs(pid)
  } catch {
    return undefined
  }
}

/** Whether some process has this pid. Enough for one that we watch from its start. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

function describeOnLinux(pid: number): RunningProcess | undefined {
  const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
  // The second field is the program's name in parentheses and may hold blanks; proc(5) counts fields from 1.
  const fieldsFromThird = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const [state] = fieldsFromThird
  const startTicks = fieldsFromThird[22 - 3]
  if (state === 'Z' || state === 'X') return undefined
  const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim()
  const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim()
  return { startedAt: `${boot}:${startTicks}`, command }
}

function describeWithPs(pid: number): RunningProcess | undefined {
  const env = { ...process.env, LC_ALL: 'C', TZ: 'UTC' }
  const line = execFileSync('ps', ['-ww', '-o', 'lstart=,command=', '-p', String(pid)], {
    encoding: 'utf8',
    env,
  }).trim()
  // lstart is always «Sat Nov 21 00:17:51 2026».
  return line ? { startedAt: line.slice(0, 24), command: line.slice(24).trim() } : undefined
}

function describeOnWindows(pid: number): RunningProcess | undefined {
  const query = `Get-CimInstance Win32_Process -Filter 'ProcessId=${pid}' | ForEach-Object { $_.CreationDate.ToFileTimeUtc(); $_.CommandLine }`
  const answer = execFileSync('powershell.exe', ['-NoProfile', '-NonInteractive', '-Command', query], {
    encoding: 'utf8',
  })
  const [startedAt, ...command] = answer.trim().split(/\r?\n/)
  return startedAt ? { startedAt, command: command.join(' ') } : undefined
}
