/** What a test is made with and what came of it: kept while one goes to a step to mend it and comes back. */
import type { WorkflowTrace } from '@oneforge/client'
import { useState } from 'react'
import type { Assumed } from '../flow/assumed.ts'

export function useTrial() {
  const [trace, setTrace] = useState<WorkflowTrace>()
  const [assumed, setAssumed] = useState<Assumed>({})
  const [recordId, setRecordId] = useState<string>()
  const [body, setBody] = useState('')
  return {
    trace,
    setTrace,
    assumed,
    /** What was walked before was walked another way. */
    assume: (more: Assumed) => {
      setAssumed((before) => ({ ...before, ...more }))
      setTrace(undefined)
    },
    /** Undefined until one is chosen: then the newest is meant. */
    recordId,
    choose: (id: string | undefined) => {
      setRecordId(id)
      setTrace(undefined)
    },
    /** Of a workflow that is called from outside: what is sent, as JSON. */
    body,
    send: (text: string) => {
      setBody(text)
      setTrace(undefined)
    },
  }
}

export type Trial = ReturnType<typeof useTrial>
