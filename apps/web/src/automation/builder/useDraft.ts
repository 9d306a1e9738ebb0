/** The workflow as it is being changed: saved by itself a moment after the last change, with what is wrong in it. */
import { ApiError, type WorkflowDetail, type WorkflowProblem } from '@oneforge/client'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { client } from '../../api/client.ts'
import { showError } from '../../ui/toast.tsx'
import type { Flow } from '../flow/flow.ts'
import { changed, redone, startHistory, undone } from '../flow/history.ts'
import { workflowKeys } from '../queries.ts'

/** Milliseconds without a change before it is saved. */
const pause = 600

export type DraftState = 'saved' | 'saving' | 'failed' | 'conflict'

export function useDraft(workflow: WorkflowDetail) {
  const { id, draft } = workflow
  const cache = useQueryClient()
  const [history, setHistory] = useState(() => startHistory<Flow>(draft?.definition ?? workflow.definition))
  const [state, setState] = useState<DraftState>('saved')
  const [problems, setProblems] = useState<WorkflowProblem[]>(draft?.problems ?? workflow.problems)
  const flow = history.now
  const latest = useRef(flow)
  latest.current = flow
  const saved = useRef({ definition: flow, version: draft?.version ?? 0, problems })
  /** One after the other: each is made on the version that the one before made. */
  const saving = useRef<Promise<WorkflowProblem[] | undefined>>(Promise.resolve(problems))

  async function send(): Promise<WorkflowProblem[] | undefined> {
    const definition = latest.current
    if (definition === saved.current.definition) return saved.current.problems
    try {
      const next = await client.workflows.saveDraft(id, definition, saved.current.version)
      saved.current = { definition, version: next.version, problems: next.problems }
      setProblems(next.problems)
      if (latest.current === definition) setState('saved')
      return next.problems
    } catch (error) {
      const isConflict = error instanceof ApiError && error.status === 409
      setState(isConflict ? 'conflict' : 'failed')
      if (!isConflict) showError(error)
      return undefined
    }
  }

  /** Answers what is wrong with it; nothing where it could not be saved, which has been said then. */
  function save(): Promise<WorkflowProblem[] | undefined> {
    saving.current = saving.current.then(send)
    return saving.current
  }

  const saveLater = useEffectEvent(() => void save())
  useEffect(() => {
    if (flow === saved.current.definition) return setState((before) => (before === 'saving' ? 'saved' : before))
    setState('saving')
    const timer = setTimeout(saveLater, pause)
    return () => clearTimeout(timer)
  }, [flow])

  const leave = useEffectEvent(() => {
    void save().then(() => cache.invalidateQueries({ queryKey: workflowKeys.all }))
  })
  useEffect(() => () => leave(), [])

  async function reload(): Promise<WorkflowDetail> {
    return cache.fetchQuery({ queryKey: workflowKeys.one(id), queryFn: () => client.workflows.get(id), staleTime: 0 })
  }

  async function publish(): Promise<WorkflowDetail | undefined> {
    if (!(await save())) return undefined
    const published = await client.workflows.publish(id, saved.current.version)
    saved.current = { definition: latest.current, version: 0, problems: published.problems }
    setProblems(published.problems)
    await cache.invalidateQueries({ queryKey: workflowKeys.all })
    return published
  }

  /** What somebody else saved meanwhile is written over. */
  async function keepOwn(): Promise<void> {
    const now = await reload()
    saved.current = { ...saved.current, version: now.draft?.version ?? 0 }
    setState('saving')
    await save()
  }

  /** Shows what is saved, as it is now: what somebody else did, or what is published once the draft is gone. */
  async function takeTheirs(): Promise<void> {
    const now = await reload()
    const definition = now.draft?.definition ?? now.definition
    const found = now.draft?.problems ?? now.problems
    saved.current = { definition, version: now.draft?.version ?? 0, problems: found }
    setHistory(startHistory(definition))
    setProblems(found)
    setState('saved')
  }

  async function discard(): Promise<void> {
    await save()
    await client.workflows.discardDraft(id)
    await takeTheirs()
  }

  return {
    flow,
    state,
    problems,
    canUndo: history.past.length > 0,
    canRedo: history.future.length > 0,
    /** @param subject see `changed`. */
    change: (next: Flow, subject: string | null = null) => setHistory((before) => changed(before, next, subject)),
    undo: () => setHistory(undone),
    redo: () => setHistory(redone),
    save,
    publish,
    keepOwn,
    takeTheirs,
    discard,
  }
}

export type Draft = ReturnType<typeof useDraft>
