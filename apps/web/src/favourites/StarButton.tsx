import { IconStar, IconStarFilled } from '@tabler/icons-react'
import { IconButton } from '../ui/IconButton.tsx'
import { useStar } from './useStar.ts'

/** Puts what is shown among the favourites, or takes it out. */
export function StarButton({ size = 28 }: { size?: number }) {
  const { starred, label, toggle } = useStar()
  const Star = starred ? IconStarFilled : IconStar
  return (
    <IconButton size={size} label={label} aria-pressed={starred} onClick={toggle}>
      <Star size={size < 28 ? 14 : 17} />
    </IconButton>
  )
}
