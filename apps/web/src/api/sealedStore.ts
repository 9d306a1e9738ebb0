/**
 * Things that survive a reload in this browser and that nobody reads there: each is encrypted with a key that the
 * browser makes and never hands out, and that is erased with them. Why it is so: docs/decisions/0010-drafts.md.
 * Without IndexedDB or a secure connection nothing is stored.
 */
interface Sealed {
  /** When it was stored, in milliseconds. */
  at: number
  iv: Uint8Array<ArrayBuffer>
  content: ArrayBuffer
}

const databaseName = 'oneforge'
const stores = { keys: 'keys', sealed: 'sealed' } as const
const keyName = 'drafts'
/** As long as a session can last: nobody comes back to what is older. */
const longest = 7 * 24 * 60 * 60 * 1000

export async function sealedEntries(): Promise<Map<string, unknown>> {
  const entries = new Map<string, unknown>()
  const key = await readKey()
  if (!key) return entries
  for (const [name, sealed] of await readAll()) {
    const isOld = sealed.at < Date.now() - longest
    const value = isOld ? undefined : await open(key, sealed).catch(() => undefined)
    if (value === undefined) await removeSealed(name)
    else entries.set(name, value)
  }
  return entries
}

export async function putSealed(name: string, value: unknown): Promise<void> {
  const key = (await readKey()) ?? (await makeKey())
  const iv = crypto.getRandomValues(new Uint8Array(12))
  const plain = new TextEncoder().encode(JSON.stringify(value))
  const content = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, plain)
  await change(stores.sealed, (store) => store.put({ at: Date.now(), iv, content } satisfies Sealed, name))
}

export async function removeSealed(name: string): Promise<void> {
  await change(stores.sealed, (store) => store.delete(name))
}

/** The key goes first: whatever the disk still holds of the rest is noise then. */
export async function eraseSealed(): Promise<void> {
  await change(stores.keys, (store) => store.clear())
  await change(stores.sealed, (store) => store.clear())
}

async function open(key: CryptoKey, { iv, content }: Sealed): Promise<unknown> {
  const plain = await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, key, content)
  return JSON.parse(new TextDecoder().decode(plain))
}

async function readKey(): Promise<CryptoKey | undefined> {
  return read((database) => database.transaction(stores.keys).objectStore(stores.keys).get(keyName))
}

/** Two pages may make one at the same time: the first that was stored counts for both. */
async function makeKey(): Promise<CryptoKey> {
  const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])
  await change(stores.keys, (store) => store.add(key, keyName)).catch(() => undefined)
  return (await readKey()) ?? key
}

async function readAll(): Promise<[string, Sealed][]> {
  const names = await read<IDBValidKey[]>((database) => sealedIn(database).getAllKeys())
  const contents = await read<Sealed[]>((database) => sealedIn(database).getAll())
  return names.map((name, index) => [String(name), contents[index]!])
}

const sealedIn = (database: IDBDatabase) => database.transaction(stores.sealed).objectStore(stores.sealed)

async function read<T>(ask: (database: IDBDatabase) => IDBRequest): Promise<T> {
  const database = await connect()
  return new Promise<T>((resolve, reject) => {
    const request = ask(database)
    request.onsuccess = () => resolve(request.result as T)
    request.onerror = () => reject(request.error)
  })
}

async function change(store: string, act: (store: IDBObjectStore) => void): Promise<void> {
  const database = await connect()
  return new Promise<void>((resolve, reject) => {
    const transaction = database.transaction(store, 'readwrite')
    transaction.oncomplete = () => resolve()
    transaction.onabort = () => reject(transaction.error)
    act(transaction.objectStore(store))
  })
}

/** One connection for as long as the page is open: opening it takes longer than storing a draft. */
let connection: Promise<IDBDatabase> | undefined

function connect(): Promise<IDBDatabase> {
  connection ??= openDatabase().catch((reason: unknown) => {
    connection = undefined
    throw reason
  })
  return connection
}

function openDatabase(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(databaseName, 1)
    request.onupgradeneeded = () => {
      for (const store of Object.values(stores)) request.result.createObjectStore(store)
    }
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
}
