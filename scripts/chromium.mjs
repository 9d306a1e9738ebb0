// The Chromium that the browser tests drive: one that is there, or Debian's.
import { existsSync, readdirSync } from 'node:fs'
import { canInstallDebianPackages, installDebianPackages } from './debian.mjs'

const USUAL_PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
]

/**
 * Path of a Chromium or Chrome: CHROMIUM_PATH, or one in a usual place; undefined when there is none.
 *
 * @throws Error when CHROMIUM_PATH names no file.
 */
export function findChromium() {
  const named = process.env.CHROMIUM_PATH
  if (named && !existsSync(named))
    throw new Error(`CHROMIUM_PATH names ${named}, which does not exist. Correct it or unset it.`)
  return named || USUAL_PLACES.find((path) => existsSync(path))
}

/**
 * Makes sure of a Chromium, and of fonts without which its screenshots show empty boxes.
 *
 * @throws Error that says how to get one where we cannot.
 */
export function installChromium() {
  const missing = [
    ...(findChromium() ? [] : ['chromium']),
    ...(hasFonts() ? [] : ['fonts-liberation', 'fonts-dejavu-core']),
  ]
  if (missing.length > 0 && canInstallDebianPackages()) installDebianPackages(missing)
  if (!findChromium()) {
    throw new Error(
      'The browser tests need Chromium or Chrome, and none was found. ' +
        'Install one (on Debian: sudo apt-get install chromium), or name it with CHROMIUM_PATH.',
    )
  }
}

/** Only a bare Linux comes without any. */
function hasFonts() {
  if (process.platform !== 'linux') return true
  const folders = ['/usr/share/fonts', '/usr/local/share/fonts'].filter((path) => existsSync(path))
  return folders.some((path) => readdirSync(path, { recursive: true }).some((name) => /\.(ttf|otf)$/i.test(name)))
}
