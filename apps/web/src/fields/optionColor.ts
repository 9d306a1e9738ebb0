import type { OptionColor } from '@oneforge/client'

/** The colour that an option wears, as CSS has it; options without one are grey. */
export const optionColor = (color: OptionColor | string | null | undefined): string =>
  `var(--mantine-color-${color ?? 'gray'}-6)`
