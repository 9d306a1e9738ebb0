/** The order of tabs: a view changes places with the one beside it. */
import type { View } from '@oneforge/client'

type Tab = Pick<View, 'id'>

const placeOf = (tabs: Tab[], { id }: Tab): number => tabs.findIndex((tab) => tab.id === id)

export const neighbourOf = <T extends Tab>(tabs: T[], tab: Tab, by: -1 | 1): T | undefined =>
  tabs[placeOf(tabs, tab) + by]

export function swapped<T extends Tab>(tabs: T[], tab: Tab, by: -1 | 1): T[] {
  const at = placeOf(tabs, tab)
  const [own, other] = [tabs[at], tabs[at + by]]
  return own && other ? tabs.with(at, other).with(at + by, own) : tabs
}
