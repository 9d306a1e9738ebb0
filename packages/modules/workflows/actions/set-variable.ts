import type { ActionOf } from '../definition.ts'
import type { ActionKind } from '../engine/action.ts'

/** Remembers a value, which later steps read as `vars.<name>`. */
export const setVariableAction: ActionKind<ActionOf<'set_variable'>> = {
  type: 'set_variable',
  prepare: async ({ scope }, { variable, value }) => ({ variable, value: await scope.value(value) }),
  perform: async (_context, _step, input) => input,
}
