/** `oneforge start`, `oneforge migrate`. */
import { Command } from 'commander'
import { withSystem } from './system.ts'

export const serverCommands = (): Command[] => [
  new Command('start').description('start the server, as npm start does').action(async () => {
    await import('@oneforge/server/main')
  }),
  new Command('migrate').description('bring the database to this version').action(async () => {
    // Opening the system migrates; whoever only wants that is done.
    await withSystem(async () => console.log('The database is at this version.'))
  }),
]
