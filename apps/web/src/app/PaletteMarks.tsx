import type { Mark } from '@oneforge/client'
import { Fragment } from 'react'
import classes from './Palette.module.css'

/** A text in which what was found is marked. The text stays text, whatever it holds. */
export function PaletteMarks({ text, marks }: { text: string; marks: Mark[] }) {
  return marks.map(({ from, to }, index) => (
    <Fragment key={from}>
      {text.slice(index === 0 ? 0 : marks[index - 1]!.to, from)}
      <mark className={classes.mark}>{text.slice(from, to)}</mark>
      {index === marks.length - 1 && text.slice(to)}
    </Fragment>
  ))
}
