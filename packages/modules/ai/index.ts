/** The door of the ai module: what asks a language model. */
export type { LanguageModel } from './language-model.port.ts'
