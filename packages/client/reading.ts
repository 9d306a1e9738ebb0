/** The few doors through which a page's first words are asked for, for who has no time to load the whole client. */
import { favouriteMethods } from './following.ts'
import { type ClientOptions, createHttp } from './http.ts'
import { identityMethods } from './identity.ts'
import { locationMethods } from './locations.ts'
import { objectMethods, viewMethods } from './metadata.ts'
import { recordMethods } from './records.ts'
import { workspaceMethods } from './workspace.ts'

export type Reading = ReturnType<typeof createReading>

/** Asks as `createClient` does, word for word: what was asked here need not be asked again there. */
export function createReading(options: ClientOptions) {
  const http = createHttp(options)
  return {
    workspace: workspaceMethods(http),
    identity: identityMethods(http),
    objects: objectMethods(http),
    views: viewMethods(http),
    records: recordMethods(http),
    locations: locationMethods(http),
    favourites: favouriteMethods(http),
  }
}
