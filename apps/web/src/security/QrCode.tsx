import { useMemo } from 'react'
import { encode } from 'uqr'

/** Modules of quiet around the code, without which cameras do not find it. */
const border = 3

/** A text as a QR code, drawn here: what it says goes to no other server. Black on white in the dark too. */
export function QrCode({ text, label, size = 184 }: { text: string; label: string; size?: number }) {
  const { data, size: modules } = useMemo(() => encode(text, { border }), [text])
  const path = data.flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : ''))).join('')
  return (
    <svg
      viewBox={`0 0 ${modules} ${modules}`}
      width={size}
      height={size}
      shapeRendering="crispEdges"
      role="img"
      aria-label={label}
    >
      <rect width={modules} height={modules} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  )
}
