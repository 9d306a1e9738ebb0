import { validationError } from '@oneforge/kernel/errors'
import type { LanguageModel } from '../../ai/index.ts'
import type { ActionOf } from '../definition.ts'
import type { ActionKind } from '../engine/action.ts'

/** Asks a language model; its answer is the step's output `text`. */
export const askAiAction = (model: LanguageModel | undefined): ActionKind<ActionOf<'ask_ai'>> => ({
  type: 'ask_ai',
  async prepare({ scope }, { prompt }) {
    requireModel(model)
    return { prompt: await scope.text(prompt) }
  },
  async send({ key, input, tenantId, signal }) {
    return { text: await requireModel(model).complete({ tenantId, prompt: input.prompt as string, key, signal }) }
  },
})

function requireModel(model: LanguageModel | undefined): LanguageModel {
  if (model) return model
  throw validationError(
    [],
    'No language model is set up here, so nothing can be asked. Whoever looks after the installation can set one up.',
  )
}
