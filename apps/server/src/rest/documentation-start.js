/**
 * Begins the page of the API. Who is signed in sees their own workspace.
 *
 * Its renderer takes the whole document apart for each operation that is opened: at a workspace's size, a page that stands
 * still for many seconds. So it is handed the part that the operation needs.
 */
SwaggerUIBundle({
  url: '/api/v1/openapi.json',
  dom_id: '#api',
  deepLinking: true,
  docExpansion: 'none',
  defaultModelsExpandDepth: 0,
  displayRequestDuration: true,
  filter: true,
  // Asks a server of its maker's otherwise.
  validatorUrl: null,
  requestInterceptor(request) {
    request.headers['X-OneForge-Client'] = 'web'
    return request
  },
  plugins: [
    {
      afterLoad() {
        const { resolveSubtree } = this.fn
        this.fn.resolveSubtree = (document, path, options) => resolveSubtree(partOf(document, path), path, options)
      },
    },
  ],
})

/** The document with nothing but the entry that the path leads into, and whatever that refers to. */
function partOf(document, path) {
  const part = { ...document, paths: {}, components: {} }
  const waiting = [path]
  for (const place of waiting) {
    const entry = copyEntry(document, part, place)
    if (entry) waiting.push(...referencesIn(entry))
  }
  return part
}

/** Answers the entry that holds the place; nothing when there is none or the part has it already. */
function copyEntry(document, part, place) {
  // The whole path: its operations take on what stands beside them, such as parameters of all of them.
  const [section, ...keys] = place.slice(0, place[0] === 'components' ? 3 : 2)
  const last = keys.pop()
  let from = document[section]
  let to = part[section]
  for (const key of keys) {
    from = from?.[key]
    to = to[key] ??= {}
  }
  if (from?.[last] === undefined || last in to) return undefined
  to[last] = from[last]
  return from[last]
}

/** Where the value points within its document, at any depth: as keys from its root. */
function referencesIn(value) {
  if (typeof value !== 'object' || value === null) return []
  const own = typeof value.$ref === 'string' && value.$ref.startsWith('#/') ? [keysOf(value.$ref)] : []
  return [...own, ...Object.values(value).flatMap(referencesIn)]
}

const keysOf = (reference) =>
  reference
    .slice(2)
    .split('/')
    .map((key) => decodeURIComponent(key).replaceAll('~1', '/').replaceAll('~0', '~'))
