import {
  createTheme,
  defaultVariantColorsResolver,
  localStorageColorSchemeManager,
  type MantineColorsTuple,
  type VariantColorsResolver,
} from '@mantine/core'
import i18next from 'i18next'

/** Neutral greys: the page stays calm, colour is left for what means something. */
const gray: MantineColorsTuple = [
  '#f9fafb',
  '#f3f4f6',
  '#e8eaed',
  '#dcdfe4',
  '#c4c9d1',
  '#9aa1ac',
  '#6b7280',
  '#4b5563',
  '#374151',
  '#1f2733',
]

const dark: MantineColorsTuple = [
  '#d5d7db',
  '#b3b7be',
  '#8f949d',
  '#6a6f79',
  '#3e434c',
  '#30343c',
  '#25282f',
  '#1b1e23',
  '#16181d',
  '#111317',
]

const accent: MantineColorsTuple = [
  '#eef2ff',
  '#dfe6fd',
  '#bccaf8',
  '#96adf3',
  '#7693ee',
  '#5c7cea',
  '#3f62dd',
  '#3353c4',
  '#2a46ab',
  '#1f378c',
]

/** White on red keeps a contrast of 4.5:1 only when the red is a dark one. */
const variantColorResolver: VariantColorsResolver = (input) => {
  const colors = defaultVariantColorsResolver(input)
  if (input.variant !== 'filled' || input.color !== 'red') return colors
  return { ...colors, background: 'var(--mantine-color-red-9)', hover: 'var(--mantine-color-red-8)' }
}

export const theme = createTheme({
  variantColorResolver,
  colors: { gray, dark, accent },
  black: '#1a1d23',
  primaryColor: 'accent',
  primaryShade: 6,
  fontFamily: "'Inter Variable', 'Inter Stand-in', system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif",
  headings: { fontFamily: "'Inter Variable', 'Inter Stand-in', system-ui, sans-serif", fontWeight: '600' },
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.125rem' },
  spacing: { xs: '0.5rem', sm: '0.75rem', md: '1rem', lg: '1.25rem', xl: '2rem' },
  radius: { xs: '3px', sm: '4px', md: '6px', lg: '8px', xl: '12px' },
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    // Without motion Mantine shows the loader where its way in would have begun.
    Button: { defaultProps: { size: 'xs' }, styles: { loader: { transform: 'translate(-50%, -50%)' } } },
    CloseButton: { defaultProps: () => ({ 'aria-label': i18next.t('app:close') }) },
    ActionIcon: { defaultProps: { variant: 'subtle', color: 'gray' } },
    // A browser would keep what is typed in its files, and offer it for the next patient. Where it should fill in, the
    // input says what.
    Input: { defaultProps: { autoComplete: 'off' } },
    TextInput: { defaultProps: { size: 'sm' } },
    // The initials' colours whose text keeps a contrast of 4.5:1 on its ground.
    Avatar: { defaultProps: { allowedInitialsColors: ['blue', 'cyan', 'grape', 'indigo', 'violet'] } },
    Menu: {
      // The focus begins at the first item, as in any menu: no empty stop stands before it.
      defaultProps: { shadow: 'md', transitionProps: { duration: 100 }, withInitialFocusPlaceholder: false },
    },
    Popover: { defaultProps: { shadow: 'md', transitionProps: { duration: 100 } } },
    Tooltip: { defaultProps: { openDelay: 400, transitionProps: { duration: 100 } } },
    Modal: { defaultProps: { transitionProps: { duration: 120 } } },
    Drawer: { defaultProps: { transitionProps: { duration: 150 } } },
  },
})

/** The key that early.js reads before the page's own code has come. */
export const colorSchemeManager = localStorageColorSchemeManager({ key: 'oneforge-color-scheme' })
