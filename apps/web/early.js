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
  const told = document.currentScript.dataset
  const words = JSON.parse(told.words || '{}')
  const wanted = [localStorage.getItem('oneforge-language'), ...navigator.languages]
  const known = wanted.flatMap((tag) => Object.keys(words).find((code) => tag?.toLowerCase().startsWith(code)) ?? [])
  const language = known[0] ?? 'en'
  const add = (name, parts) => document.head.append(Object.assign(document.createElement(name), parts))
  const preload = (href, fetchPriority = 'auto') =>
    add('link', { rel: 'modulepreload', crossOrigin: '', fetchPriority, href })
  for (const href of words[language] ?? []) preload(href)

  // Where a page has first words, its own scripts come behind those: they would share the line. src/firstwords says when,
  // and if it does not, nobody waits for it.
  let { scripts = [], parts = [] } = JSON.parse(told.page || '{}')
  window.startPage = () => {
    for (const href of [...scripts, ...parts]) preload(href, 'low')
    for (const src of scripts) add('script', { type: 'module', crossOrigin: '', async: false, src })
    scripts = []
    parts = []
  }

  // What the page will ask for first, asked for while its code is on its way: src/api/early.ts takes the answers. Not
  // where somebody looks with other eyes or at one location: then they would be other answers.
  const hasReader = localStorage.getItem('oneforge-signed-in') !== null
  const isPlain =
    !sessionStorage.getItem('oneforge-view-as') &&
    !Object.keys(localStorage).some((key) => key.startsWith('oneforge-location-'))
  if (isFront || !hasReader || !isPlain) {
    window.startPage()
    return
  }
  setTimeout(window.startPage, 1500)
  const [, part, object, id, more] = location.pathname.split('/')
  const paths = ['/workspace', '/auth/me']
  if (part === 'o' && object) {
    paths.push(`/objects/${object}`)
    if (!id) paths.push(`/objects/${object}/views`)
    // The trash, an import and the like stand where records do.
    else if (!more && /^[\da-f-]{36}$/i.test(id)) paths.push(`/${object}/${id}`)
  }
  const headers = { Accept: 'application/json', 'X-OneForge-Client': 'web', 'Accept-Language': language }
  const ask = (path, init) => fetch(`/api/v1${path}`, { headers, credentials: 'same-origin', ...init })
  // Whoever comes back after a while needs their session renewed, once for all that is asked.
  let renewing
  const renew = () => {
    const body = { method: 'POST', body: '{}', headers: { ...headers, 'Content-Type': 'application/json' } }
    renewing ??= ask('/auth/refresh', body)
    return renewing
  }
  const askRenewed = async (path) => {
    const answer = await ask(path)
    return answer.status === 401 && (await renew()).ok ? ask(path) : answer
  }
  const asked = paths.map((path) => {
    const answer = askRenewed(path)
    // Whoever takes it hears of a failure.
    answer.catch(() => undefined)
    return [`GET /api/v1${path}`, { answer, language }]
  })
  window.earlyAnswers = new Map(asked)
})()
