import { type TouchEvent, useRef } from 'react'

/** Pixels a finger goes sideways before it counts as turning a page, and how straight. */
const far = 60
const straight = 40
/** Milliseconds: whoever rests longer drags something. */
const quick = 400

/** A quick stroke sideways turns to the next page, or back to the one before. */
export function useSwipe(turn: (direction: 1 | -1) => void) {
  const begun = useRef({ x: 0, y: 0, at: 0 })
  return {
    onTouchStart: ({ touches, timeStamp }: TouchEvent) => {
      begun.current = { x: touches[0]!.clientX, y: touches[0]!.clientY, at: timeStamp }
    },
    onTouchEnd: ({ changedTouches, timeStamp }: TouchEvent) => {
      const { x, y, at } = begun.current
      const across = changedTouches[0]!.clientX - x
      const down = Math.abs(changedTouches[0]!.clientY - y)
      if (Math.abs(across) > far && down < straight && timeStamp - at < quick) turn(across < 0 ? 1 : -1)
    },
  }
}
