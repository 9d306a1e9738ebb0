// Runs before the first paint, so that a page kept dark never flashes white. A file of its own because the
// Content-Security-Policy allows no inline scripts. The key is the one of src/theme.ts.
;(() => {
  const kept = localStorage.getItem('oneforge-color-scheme')
  const dark = kept === 'dark' || (kept !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches)
  document.documentElement.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light')
  // The pages in front of the workspace have no navigation, and neither has their outline.
  const front = /^\/(sign-in|register|forgot-password|reset-password|verify-email|invitation|second-factor)\b/
  document.documentElement.toggleAttribute('data-front', front.test(location.pathname))
})()
