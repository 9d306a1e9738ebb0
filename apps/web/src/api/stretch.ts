/** Rows fetched at a time: enough for several screens, small enough to arrive before they are scrolled through. */
export const stretch = 200
