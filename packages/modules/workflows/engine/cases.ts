/** Which way a switch goes. */
import type { Step } from '../definition.ts'

/**
 * The place of the case that the value meets, -1 for none. What reads the same is the same: a number meets the case that was
 * written as a text.
 */
export const caseMet = ({ cases }: Pick<Step & { type: 'switch' }, 'cases'>, value: unknown): number =>
  cases.findIndex(({ is }) => is.some((one) => isSame(one, value)))

const isSame = (one: unknown, other: unknown): boolean =>
  one === other || (one !== null && other !== null && String(one) === String(other))
