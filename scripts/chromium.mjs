// The Chromium that the browser tests drive: one that is there, or Debian's.
import { existsSync, readdirSync } from 'node:fs'
import { canInstallDebianPackages, installDebianPackages } from './debian.mjs'

/** Chromium without windows, which draws the same pages with three quarters of the work. */
const HEADLESS_SHELL = '/usr/bin/chromium-headless-shell'

const WHOLE_BROWSERS = [
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
 * Path of what tests drive: CHROMIUM_PATH, or else the headless shell, or else a Chromium or Chrome in a usual place;
 * undefined when there is none.
 *
 * @throws Error when CHROMIUM_PATH names no file.
 */
export function findChromium() {
  return findFirst([HEADLESS_SHELL, ...WHOLE_BROWSERS])
}

/**
 * The same for what is about the browser itself, such as what it keeps on the disk: one that people use, and the headless
 * shell only where there is no other.
 */
export function findWholeBrowser() {
  return findFirst([...WHOLE_BROWSERS, HEADLESS_SHELL])
}

function findFirst(places) {
  const named = process.env.CHROMIUM_PATH
  if (named && !existsSync(named))
    throw new Error(`CHROMIUM_PATH names ${named}, which does not exist. Correct it or unset it.`)
  return named || places.find((path) => existsSync(path))
}

/**
 * Makes sure of a Chromium, and of fonts without which its screenshots show empty boxes. The headless shell is installed
 * beside another browser too: that costs less than one run of the tests gains.
 *
 * @throws Error that says how to get one where we cannot.
 */
export function installChromium() {
  const fonts = hasFonts() ? [] : ['fonts-liberation', 'fonts-dejavu-core']
  const isBest = process.env.CHROMIUM_PATH || findChromium() === HEADLESS_SHELL
  const missing = [...(isBest ? [] : ['chromium-headless-shell']), ...fonts]
  if (missing.length > 0 && canInstallDebianPackages()) {
    // Older Debians have no headless shell.
    const isDone = installDebianPackages(missing)
    if (!isDone && !findChromium()) installDebianPackages(['chromium', ...fonts])
  }
  if (!findChromium()) {
    throw new Error(
      'The browser tests need Chromium or Chrome, and none was found. ' +
        'Install one (on Debian: sudo apt-get install chromium-headless-shell), or name it with CHROMIUM_PATH.',
    )
  }
}

/** Only a bare Linux comes without any. */
function hasFonts() {
  if (process.platform !== 'linux') return true
  const folders = ['/usr/share/fonts', '/usr/local/share/fonts'].filter((path) => existsSync(path))
  return folders.some((path) => readdirSync(path, { recursive: true }).some((name) => /\.(ttf|otf)$/i.test(name)))
}
