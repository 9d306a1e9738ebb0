/** `oneforge signing-keys list`, `rotate`, `retire`. */
import { Command } from 'commander'
import { printTable } from './output.ts'
import { withSystem } from './system.ts'

export const signingKeysCommand = (): Command =>
  new Command('signing-keys')
    .description('the keys that sign access tokens')
    .addCommand(new Command('list').description('all that are in use, the newest first').action(list))
    .addCommand(
      new Command('rotate')
        .description('make a new key, which signs from a minute on; the old ones go on verifying')
        .action(rotate),
    )
    .addCommand(
      new Command('retire')
        .description('believe a key no more: whoever holds a token of it has to refresh it')
        .argument('<kid>', 'see: oneforge signing-keys list')
        .action(retire),
    )

type Keys = { kid: string; createdAt: string; signs: boolean }[]

const print = (keys: Keys): void =>
  printTable(keys.map(({ kid, createdAt, signs }) => ({ kid, createdAt, signs: signs ? 'yes' : 'no' })))

const list = (): Promise<void> =>
  withSystem(async ({ identity }) => print(await identity.administration.listSigningKeys()))

async function rotate(): Promise<void> {
  await withSystem(async ({ identity }) => {
    print(await identity.administration.rotateSigningKey())
    console.log(
      '\nThe new key signs in a minute. Retire the old one 15 minutes after that, when its last token has expired.',
    )
  })
}

const retire = (kid: string): Promise<void> =>
  withSystem(async ({ identity }) => print(await identity.administration.retireSigningKey(kid)))
