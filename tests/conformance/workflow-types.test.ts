/** The page builds what the engine runs: both know the same triggers and steps. */
import type * as client from '@oneforge/client'
import { expectTypeOf, it } from 'vitest'
import type { Step, Trigger, Value, Workflow } from '../../packages/modules/workflows/definition.ts'

it('says the same of workflows to the page as to the engine', () => {
  expectTypeOf<client.Workflow>().toEqualTypeOf<Workflow>()
  expectTypeOf<client.WorkflowStep>().toEqualTypeOf<Step>()
  expectTypeOf<client.WorkflowTrigger>().toEqualTypeOf<Trigger>()
  expectTypeOf<client.WorkflowValue>().toEqualTypeOf<Value>()
})
