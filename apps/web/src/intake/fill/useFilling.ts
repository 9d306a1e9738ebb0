import type { AskedForm, FormDoor, FormReceived } from '@oneforge/client'
import { ApiError } from '@oneforge/client'
import { useMutation } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { requestValue } from '../../fields/requestValue.ts'
import { type Answering, type Given, nothingGiven, prefilled, refusedUnseen, withFiles } from './asked.ts'
import { askedField } from './askedField.ts'
import { findProof } from './proof.ts'
import { useUploads } from './useUploads.ts'

/** Whether the form is filled in by somebody without an account, who has to work for it. */
export type Side = 'front' | 'inside'

/**
 * What somebody has typed into a form, and its way to the server. It stays where the form has to be
 * opened anew; once it is sent nothing of it is kept.
 */
export function useFilling(form: AskedForm, door: FormDoor, side: Side) {
  const [given, setGiven] = useKept(form)
  const [received, setReceived] = useState<FormReceived>()
  const proof = useProof(form, side)
  const begun = useRef(false)
  const trap = useRef<HTMLInputElement>(null)
  useEffect(() => {
    door.note('seen').catch(() => undefined)
  }, [door])

  function change(answer: Answering): void {
    if (!begun.current) door.note('begun').catch(() => undefined)
    begun.current = true
    setGiven(answer)
  }

  const uploads = useUploads({
    door,
    proof,
    onArrived: (question, file) => setGiven(withFiles(question, (files) => [...files, file])),
  })

  const send = useMutation({
    mutationFn: async (asked: Set<string>) => {
      const filled = { ...withoutHidden(form, given, asked), website: trap.current?.value || undefined }
      const sent = { ...filled, ...(await proof()) }
      try {
        return await door.send(sent)
      } catch (error) {
        const unseen = error instanceof ApiError ? refusedUnseen(form, error.byField()) : []
        const answers = Object.entries(sent.answers).filter(([key]) => !unseen.includes(key))
        if (answers.length === Object.keys(sent.answers).length) throw error
        // A link that names what is not there any more holds nobody up.
        return door.send({ ...sent, answers: Object.fromEntries(answers) })
      }
    },
    onSuccess: (thanks) => {
      setGiven(nothingGiven)
      setReceived(thanks)
    },
  })
  const errors = send.error instanceof ApiError ? send.error.byField() : {}
  return { given, change, send, errors, received, trap, uploads }
}

/** What travels: answers to questions that are asked. */
function withoutHidden(form: AskedForm, { values, consents, files }: Given, asked: Set<string>) {
  const questions = form.steps.flatMap((step) => step.questions).filter(({ id }) => asked.has(id))
  const fields = questions.flatMap((question) => (question.kind === 'field' ? [askedField(question.field)] : []))
  const answers = fields.map((field) => [field.key, requestValue(field, values[field.key])] as const)
  return {
    answers: Object.fromEntries(answers.filter(([, value]) => value !== null)),
    consents: consents.filter((id) => asked.has(id)),
    files: Object.fromEntries(
      Object.entries(files).flatMap(([id, some]) => (asked.has(id) ? [[id, some.map((file) => file.id)]] : [])),
    ),
  }
}

/** By form, as long as the page stands: what people type into forms is kept nowhere else. */
const kept = new Map<string, Given>()

function useKept(form: AskedForm) {
  const [given, setGiven] = useState<Given>(() => {
    const begun = kept.get(form.id) ?? nothingGiven
    return { ...begun, values: { ...prefilled(form, new URLSearchParams(location.search)), ...begun.values } }
  })
  useEffect(() => {
    // Files that were sent belong to the form that was opened: another one takes them anew.
    kept.set(form.id, { ...given, files: {} })
  }, [form.id, given])
  return [given, setGiven] as const
}

/** Worked out while somebody types, so that nobody waits for it. */
function useProof(form: AskedForm, side: Side) {
  const { token, bits } = form.challenge
  const found = useRef<Promise<[number, unknown]>>(undefined)
  useEffect(() => {
    if (side === 'inside') return
    const controller = new AbortController()
    found.current = Promise.all([findProof(token, bits, controller.signal), afterAWhile()])
    found.current.catch(() => undefined)
    return () => controller.abort()
  }, [token, bits, side])
  return async () => {
    if (side === 'inside') return { token }
    const [proof] = await found.current!
    return { token, proof }
  }
}

/** What comes sooner is taken for a program's: packages/modules/forms/proof.ts. Somebody whose answers were all filled in is quick. */
const afterAWhile = () => new Promise((resolve) => setTimeout(resolve, 2_500))
