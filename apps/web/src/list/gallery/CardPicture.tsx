import type { FileValue } from '@oneforge/client'
import { useState } from 'react'
import { asList } from '../../fields/format.ts'
import { thumbnailAddress } from '../../files/thumbnailAddress.ts'
import classes from './Gallery.module.css'
import { initialsOf } from './initials.ts'

/** The first of a field's files that has a small picture, as it is now; initials while there is none. */
export function CardPicture({ value, title }: { value: unknown; title: string }) {
  const file = (asList(value) as FileValue[]).find(({ thumbnail }) => thumbnail)
  const address = file && thumbnailAddress(file)
  const [broken, setBroken] = useState<string>()
  return (
    <div className={classes.picture}>
      {address && address !== broken ? (
        <img src={address} alt="" loading="lazy" decoding="async" onError={() => setBroken(address)} />
      ) : (
        <span aria-hidden>{initialsOf(title)}</span>
      )}
    </div>
  )
}
