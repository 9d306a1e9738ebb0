import type { FileValue } from '@oneforge/client'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { client } from '../../api/client.ts'
import classes from './Gallery.module.css'
import { initialsOf } from './initials.ts'

/** A link is good for five minutes. */
const linkMilliseconds = 4 * 60_000
const pictures = /^image\/(png|jpeg|gif|webp|avif)$/

/** The picture of a card, asked for once the card is drawn; initials while there is none, and where none can be shown. */
export function CardPicture({ value, title }: { value: unknown; title: string }) {
  const file = firstPicture(value)
  const [isBroken, setBroken] = useState(false)
  const { data: link } = useQuery({
    queryKey: ['picture', file?.id, file?.version],
    queryFn: () => client.files.link(file!.id, { inline: true }),
    enabled: file !== undefined,
    staleTime: linkMilliseconds,
    gcTime: linkMilliseconds,
    retry: false,
  })
  return (
    <div className={classes.picture}>
      {link && !isBroken ? (
        <img src={link.url} alt="" loading="lazy" decoding="async" onError={() => setBroken(true)} />
      ) : (
        <span aria-hidden>{initialsOf(title)}</span>
      )}
    </div>
  )
}

function firstPicture(value: unknown): (FileValue & { version?: number }) | undefined {
  const files = (Array.isArray(value) ? value : [value]) as (FileValue | null | undefined)[]
  return files.find((file) => file && pictures.test(file.type)) ?? undefined
}
