import { describe, expect, it } from 'vitest'
import { readMessage } from './message.ts'

const read = (headers: string[], { body = 'I am away.', sender = 'lena@example.org' } = {}) =>
  readMessage(
    { content: Buffer.from(['From: Lena <lena@example.org>', ...headers, '', body].join('\r\n')), sender },
    { people: new Set(), own: () => false, now: new Date() },
  )

describe('a message', () => {
  it.each([
    'Auto-Submitted: auto-replied',
    'Auto-Submitted: auto-generated (vacation)',
    'Precedence: bulk',
    'Precedence: Auto_Reply',
    'Return-Path: <>',
  ])('that says “%s” was written by a program', async (header) => {
    expect(await read([header])).toMatchObject({ isAutomatic: true, text: 'I am away.' })
  })

  it('that nobody is to answer, or that tells of a delay, was written by a program', async () => {
    expect((await read([], { sender: '' })).isAutomatic).toBe(true)
    const body = '--b\r\nContent-Type: message/delivery-status\r\n\r\nAction: delayed\r\nStatus: 4.4.1\r\n--b--\r\n'
    const delayed = await read(['Content-Type: multipart/report; boundary="b"'], { body })
    expect(delayed).toMatchObject({ isAutomatic: true, report: undefined })
  })

  it.each(['Auto-Submitted: no', 'Precedence: first-class', 'Subject: Auto-Submitted'])(
    'that says “%s” was written by a person',
    async (header) => {
      expect((await read([header])).isAutomatic).toBe(false)
    },
  )
})
