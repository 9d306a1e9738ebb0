/** Values of fields: in, checked, ordered, found, shown. Each family of types stands in its own file. */
export { type CheckItem, mostChecklistItems } from './checklist.ts'
export { labelIn } from './choices.ts'
export { addressParts, isCountry } from './contact.ts'
export { type Converted, convertValue, isConvertible } from './convert.ts'
export {
  type DateOrder,
  type DateReading,
  orderOf,
  readDate,
  readDateTime,
  readTime,
} from './date-notation.ts'
export { dayOf, isDate, momentOf } from './dates.ts'
export { checkFieldDefinition } from './field-definition.ts'
export { accentPattern, bareLetters, cut, foldLetters, foldText } from './fold.ts'
export { sanitizeHtml, textOfHtml } from './html.ts'
export { currencyDigits, isCurrency, minorUnits, moneyOfMinor } from './money.ts'
export { type DecimalMark, markOf, markOfThousands, readMoney, readNumber } from './number-notation.ts'
export { compareKeys } from './order.ts'
export { displayText, isOrdered, parseOfType, parseValue, searchText, sortKey } from './registry.ts'
export { serialDate } from './serial-date.ts'
export type {
  Address,
  JsonValue,
  Money,
  Parsed,
  StoredValue,
  ValueContext,
  ValueField,
} from './value-type.ts'
