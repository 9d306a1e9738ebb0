import type { ActionOf } from '../definition.ts'
import type { ActionKind } from '../engine/action.ts'
import { callOperation, type OperationCalls } from './operation-calls.ts'
import { valuesOf } from './records.ts'

interface Prepared extends Record<string, unknown> {
  operation: string
  input: Record<string, unknown>
}

/** Calls any operation of the system that workflows may call. */
export const callOperationAction = (calls: OperationCalls): ActionKind<ActionOf<'call_operation'>> => ({
  type: 'call_operation',
  async prepare({ scope }, { operation, input }): Promise<Prepared> {
    return { operation, input: await valuesOf(scope, input, (name) => name) }
  },
  perform({ record }, _step, prepared) {
    const { operation, input } = prepared as Prepared
    return callOperation(record, calls, operation, input)
  },
})
