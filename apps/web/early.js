// Runs before the first paint and before the page's own code has come. The build writes it into the HTML, and the
// server allows the browser to run just this.
;(() => {
  // In a frame of another site the browser may keep nothing for us: then what is kept lasts as long as the page.
  const kept = {
    getItem(key) {
      return Object.hasOwn(this, key) ? this[key] : null
    },
    setItem(key, value) {
      this[key] = String(value)
    },
    removeItem(key) {
      delete this[key]
    },
  }
  for (const name of ['localStorage', 'sessionStorage']) {
    try {
      window[name].length
    } catch {
      Object.defineProperty(window, name, { value: Object.create(kept) })
    }
  }

  // So that a page kept dark never flashes white. The key is the one of src/theme.ts.
  const scheme = localStorage.getItem('oneforge-color-scheme')
  const dark = scheme === 'dark' || (scheme !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches)
  document.documentElement.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light')
  // The pages in front of the workspace have no navigation, and neither has their outline.
  const front =
    /^\/(sign-in|register|forgot-password|reset-password|verify-email|unsubscribe|invitation|f\/[^/]+|second-factor)\b/
  const isFront = front.test(location.pathname)
  document.documentElement.toggleAttribute('data-front', isFront)

  // The words of the reader's language, chosen as src/i18n/index.ts does; the server says which files they are in.
  const words = JSON.parse(document.currentScript.dataset.words || '{}')
  const wanted = [localStorage.getItem('oneforge-language'), ...navigator.languages]
  const known = wanted.flatMap((tag) => Object.keys(words).find((code) => tag?.toLowerCase().startsWith(code)) ?? [])
  const language = known[0] ?? 'en'
  for (const href of words[language] ?? []) {
    document.head.append(Object.assign(document.createElement('link'), { rel: 'modulepreload', crossOrigin: '', href }))
  }

  // What the page will ask for first, asked for while its code is on its way: src/api/early.ts takes the answers. Not
  // where somebody looks with other eyes or at one location: then they would be other answers.
  const hasReader = localStorage.getItem('oneforge-signed-in') !== null
  const isPlain =
    !sessionStorage.getItem('oneforge-view-as') &&
    !Object.keys(localStorage).some((key) => key.startsWith('oneforge-location-'))
  if (isFront || !hasReader || !isPlain) return
  const [, part, object, id, more] = location.pathname.split('/')
  const paths = ['/workspace', '/auth/me']
  if (part === 'o' && object) {
    paths.push(`/objects/${object}`)
    if (!id) paths.push(`/objects/${object}/views`)
    // The trash, an import and the like stand where records do.
    else if (!more && /^[\da-f-]{36}$/i.test(id)) paths.push(`/${object}/${id}`)
  }
  const headers = { Accept: 'application/json', 'X-OneForge-Client': 'web', 'Accept-Language': language }
  const asked = paths.map((path) => {
    const answer = fetch(`/api/v1${path}`, { headers, credentials: 'same-origin' })
    // Whoever takes it hears of a failure.
    answer.catch(() => undefined)
    return [`/api/v1${path}`, { answer, language }]
  })
  window.earlyAnswers = new Map(asked)
})()
