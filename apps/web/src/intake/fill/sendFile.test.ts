import { ApiError, type FormDoor } from '@oneforge/client'
import { expect, it } from 'vitest'
import { partBytes } from '../../files/uploadFile.ts'
import { type Arrived, sendFile } from './sendFile.ts'

const failed = (status: number) => new ApiError({ status, code: 'TEST', message: 'Not now' })

/** A door that answers each part as told, and keeps where parts began. */
function doorTo(answers: (ApiError | undefined)[]) {
  const begins: number[] = []
  const door: Pick<FormDoor, 'appendFile'> = {
    appendFile: async (id, offset, part) => {
      begins.push(offset)
      const error = answers.shift()
      if (error) throw error
      return { id, offset: offset + part.size, size: 0 }
    },
  }
  return { door: door as FormDoor, begins }
}

const file = new File([new Uint8Array(partBytes + 10)], 'cv.pdf')

function send(door: FormDoor, from?: Arrived, onProgress: (arrived: Arrived) => void = () => {}) {
  const begin = async () => ({ id: 'one', offset: 0 })
  return sendFile({ door, file, begin, from, signal: new AbortController().signal, onProgress })
}

it('sends a part again after the connection broke, and goes on where it had arrived', async () => {
  const { door, begins } = doorTo([undefined, failed(0), failed(409)])
  expect(await send(door)).toBe('one')
  expect(begins).toEqual([0, partBytes, partBytes])
})

it('gives up on what is refused', async () => {
  const { door, begins } = doorTo([failed(400)])
  await expect(send(door)).rejects.toMatchObject({ status: 400 })
  expect(begins).toEqual([0])
})

it('goes on later where it broke off, also where the last answer got lost', async () => {
  const { door, begins } = doorTo([undefined, failed(400), failed(409)])
  const seen: Arrived[] = []
  await expect(send(door, undefined, (arrived) => seen.push(arrived))).rejects.toThrow()
  expect(await send(door, seen.at(-1))).toBe('one')
  expect(begins).toEqual([0, partBytes, partBytes])
})
