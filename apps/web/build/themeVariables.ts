/**
 * Writes the variables of our theme into the HTML: what is drawn before the page's own code has come looks the same, and
 * no browser works them out. Those that are as Mantine has them come with its sheet.
 */
import { convertCssVariables, DEFAULT_THEME, defaultCssVariablesResolver, mergeMantineTheme } from '@mantine/core'
import type { Plugin } from 'vite'
import { theme } from '../src/theme.ts'

type Variables = Record<string, string>

export function themeVariables(): Plugin {
  return {
    name: 'theme-variables',
    transformIndexHtml: (html) => html.replace('</style>', () => `  ${ownVariables()}\n    </style>`),
  }
}

/** As CSS, for all pages, light ones and dark ones. */
export function ownVariables(): string {
  const ours = defaultCssVariablesResolver(mergeMantineTheme(DEFAULT_THEME, theme))
  const usual = defaultCssVariablesResolver(DEFAULT_THEME)
  const [variables, light, dark] = (['variables', 'light', 'dark'] as const).map((part) =>
    differing(ours[part], usual[part]),
  ) as [Variables, Variables, Variables]
  return convertCssVariables({ variables, light, dark }, ':root')
}

const differing = (ours: Variables, usual: Variables): Variables =>
  Object.fromEntries(Object.entries(ours).filter(([name, value]) => usual[name] !== value))
