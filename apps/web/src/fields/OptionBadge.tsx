import type { OptionColor } from '@oneforge/client'
import type { CSSProperties } from 'react'
import classes from './OptionBadge.module.css'
import { optionColor } from './optionColor.ts'

/** The colour an option wears; options without one are grey. */
export function optionColorStyle(color: OptionColor | string | null | undefined): CSSProperties {
  return { '--option-color': optionColor(color) } as CSSProperties
}

interface OptionBadgeProps {
  label: string
  color?: OptionColor | string | null
}

/** A select option, tag or stage as a small coloured label. */
export function OptionBadge({ label, color }: OptionBadgeProps) {
  return (
    <span className={classes.badge} style={optionColorStyle(color)} title={label}>
      <span className={classes.label}>{label}</span>
    </span>
  )
}

/** The colour alone, beside a text that names it. */
export function OptionDot({ color }: { color?: OptionColor | string | null }) {
  return <span className={classes.dot} style={optionColorStyle(color)} aria-hidden />
}

/** Several options in a row that wraps. */
export function OptionBadges({ options }: { options: OptionBadgeProps[] }) {
  return (
    <span className={classes.list}>
      {options.map((option) => (
        <OptionBadge key={option.label} {...option} />
      ))}
    </span>
  )
}
