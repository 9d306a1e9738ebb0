/** Texts in several languages, and what stands to choice under them. */

/** A text in the languages of the tenant; `en` is always there and stands in for what is missing. */
export type LocalizedText = { en: string } & Record<string, string>

/** Names of the colours that options and stages may wear; the page maps them to its palette in light and dark. */
export const optionColors = [
  'gray',
  'red',
  'pink',
  'grape',
  'violet',
  'indigo',
  'blue',
  'cyan',
  'teal',
  'green',
  'lime',
  'yellow',
  'orange',
] as const
export type OptionColor = (typeof optionColors)[number]

export interface FieldOption {
  value: string
  label: LocalizedText
  color?: OptionColor
}
