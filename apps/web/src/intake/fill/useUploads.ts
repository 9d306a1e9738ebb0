import type { FormDoor } from '@oneforge/client'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { errorText } from '../../api/client.ts'
import { useFormatContext } from '../../fields/FormatProvider.tsx'
import { formatBytes } from '../../usage/amounts.ts'
import type { GivenFile } from './asked.ts'
import { type Arrived, sendFile } from './sendFile.ts'

/** A file that has not arrived: it is on its way, or broke off. */
export interface Sending {
  /** Tells it from others of the same name. */
  key: string
  /** Id of the question that it answers. */
  question: string
  file: File
  /** How much has arrived, in percent. */
  share: number
  /** Why it did not arrive. */
  error?: string
  /** Whether there is a use in trying again. */
  again: boolean
}

export interface Uploads {
  sending: Sending[]
  /** Sends files one after the other. */
  add: (to: { question: string; largest: number }, files: File[]) => void
  /** Goes on with one that broke off. */
  resume: (one: Sending) => void
  /** Stops one that is not wanted any more. */
  stop: (one: Sending) => void
}

interface UploadParts {
  door: FormDoor
  proof: () => Promise<{ token: string; proof?: number }>
  onArrived: (question: string, file: GivenFile) => void
}

interface Way {
  controller: AbortController
  arrived?: Arrived
}

/** Files of a form on their way, on whichever step it stands; with the form they are stopped. */
export function useUploads({ door, proof, onArrived }: UploadParts): Uploads {
  const { t } = useTranslation('filling')
  const { locale } = useFormatContext()
  const [sending, setSending] = useState<Sending[]>([])
  const ways = useRef(new Map<string, Way>())
  useEffect(() => {
    const begun = ways.current
    return () => {
      for (const { controller } of begun.values()) controller.abort()
    }
  }, [])

  const change = (key: string, to: Partial<Sending>) =>
    setSending((before) => before.map((one) => (one.key === key ? { ...one, ...to } : one)))

  function forget(key: string): void {
    ways.current.delete(key)
    setSending((before) => before.filter((one) => one.key !== key))
  }

  async function send({ key, question, file }: Sending): Promise<void> {
    const way = ways.current.get(key)
    if (!way) return
    const { name, size } = file
    const onProgress = (arrived: Arrived) => {
      way.arrived = arrived
      change(key, { share: (arrived.offset / size) * 100 })
    }
    const begin = async () => door.beginFile({ ...(await proof()), question, name, size })
    const { arrived: from, controller } = way
    try {
      const id = await sendFile({ door, file, begin, from, signal: controller.signal, onProgress })
      if (controller.signal.aborted) return
      forget(key)
      onArrived(question, { id, name })
    } catch (error) {
      if (!controller.signal.aborted) change(key, { error: errorText(error) })
    }
  }

  async function add({ question, largest }: { question: string; largest: number }, files: File[]): Promise<void> {
    const added = files.map((file): Sending => {
      const one = { key: crypto.randomUUID(), question, file, share: 0, again: true }
      if (file.size <= largest) return one
      return { ...one, again: false, error: t('tooLarge', { name: file.name, most: formatBytes(largest, locale) }) }
    })
    setSending((before) => [...before, ...added])
    const sendable = added.filter(({ error }) => error === undefined)
    for (const { key } of sendable) ways.current.set(key, { controller: new AbortController() })
    for (const one of sendable) await send(one)
  }

  function resume(one: Sending): void {
    change(one.key, { error: undefined })
    void send(one)
  }

  function stop({ key }: Sending): void {
    ways.current.get(key)?.controller.abort()
    forget(key)
  }

  return { sending, add: (to, files) => void add(to, files), resume, stop }
}
