/** What the build makes of `index.html`. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Plugin } from 'vite'

const early = join(import.meta.dirname, '../early.js')

/** Writes `early.js` into the HTML: what it asks the server for would wait for a file of its own. */
export function earlyInside(): Plugin {
  return {
    name: 'early-inside',
    transformIndexHtml: {
      order: 'pre',
      handler: (html) =>
        html.replace('<script data-words="">', () => `<script data-words="">\n${readFileSync(early, 'utf8')}`),
    },
  }
}

/** What the first words of a page are drawn by gives way to nothing. */
const isEarly = /\/(rolldown-runtime|early)-/

/**
 * Puts the style sheets behind the outline in index.html, which brings its own few rules: so it is painted at once, and
 * scripts do not take the line from what paints it.
 */
export function stylesAfterOutline(): Plugin {
  return {
    name: 'styles-after-outline',
    transformIndexHtml: {
      order: 'post',
      handler(html) {
        const links = html.match(/ *<link rel="stylesheet"[^>]*>\n/g) ?? []
        const without = links.reduce((rest, link) => rest.replace(link, ''), html)
        return without
          .replace(/ *<div id="root">/, (root) => links.join('') + root)
          .replaceAll(/<script type="module"(?=[^>]* src="(?<file>[^"]*)")/g, (tag, file) =>
            isEarly.test(file) ? tag : `${tag} fetchpriority="low"`,
          )
      },
    },
  }
}
