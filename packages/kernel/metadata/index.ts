export * from './arrangements.ts'
export { columnOfRole, compileModel, type ModelRows } from './compile.ts'
export { definitionOf, fieldOrRole, isComputedKind, isSetBySystem, rollupType } from './computation.ts'
export { weekStartOf } from './country.ts'
export * from './definition.ts'
export { leadsEverywhere, objectsEverywhere, spelledOut } from './every-object.ts'
export { inLocale, localized } from './labels.ts'
export { type Language, languageOf, languages } from './languages.ts'
export * from './metadata.store.ts'
export { loadModel, ModelCache } from './model.store.ts'
export * from './model.ts'
export {
  aroundCounter,
  type CompiledNumbering,
  compileNumbering,
  type NumberForm,
  numberForm,
  numberingProblem,
  numbersLike,
  prefixNumbering,
  scopeOfNumber,
} from './numbering.ts'
export { namesObject, readStep, stepTo } from './steps.ts'
export { asStored, fromStored, type StoredNames, storedKey } from './stored-keys.ts'
export { holdModel } from './turn.ts'
export { type DefinitionValue, orderOfList, type PropertyChange, propertyChanges, takeBack } from './versions.merge.ts'
export * from './versions.store.ts'
