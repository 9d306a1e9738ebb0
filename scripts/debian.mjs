// Debian's packages, for what npm cannot bring.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'

/** Whether we can install packages here: root on Debian (Ubuntu's chromium is a stub for snap). */
export function canInstallDebianPackages() {
  if (process.getuid?.() !== 0 || !existsSync('/etc/os-release')) return false
  return /^ID="?debian"?$/m.test(readFileSync('/etc/os-release', 'utf8'))
}

/** Installs packages with apt-get; true when that worked. */
export function installDebianPackages(names) {
  console.log(`Installing Debian's ${names.join(', ')} …`)
  return aptGet(['update', '-qq']) && aptGet(['install', '-qq', '--no-install-recommends', ...names])
}

function aptGet(args) {
  // Another apt-get may be at work: wait for it. Configuration files that exist are kept without asking.
  const options = ['-y', '-o', 'DPkg::Lock::Timeout=300', '-o', 'Dpkg::Options::=--force-confold']
  const { status } = spawnSync('apt-get', [...options, ...args], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  })
  return status === 0
}
