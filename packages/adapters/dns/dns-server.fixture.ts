/** A small DNS server on loopback that knows TXT records, and can be silent. */
import { createSocket, type Socket } from 'node:dgram'

const headerBytes = 12
const refusedName = 3
const authoritativeAnswer = 0x8400

export class DnsServer {
  /** Records by name. */
  readonly records = new Map<string, string[]>()
  /** Questions that came. */
  readonly asked: string[] = []
  /** Whether it leaves questions without an answer. */
  isSilent = false
  private readonly socket: Socket

  private constructor(socket: Socket) {
    this.socket = socket
    socket.on('message', (question, { port, address }) => {
      const name = nameIn(question)
      this.asked.push(name)
      if (!this.isSilent) socket.send(this.answerTo(question, name), port, address)
    })
  }

  static start(): Promise<DnsServer> {
    const socket = createSocket('udp4')
    return new Promise((started) => socket.bind(0, '127.0.0.1', () => started(new DnsServer(socket))))
  }

  get address(): string {
    return `127.0.0.1:${this.socket.address().port}`
  }

  stop(): Promise<void> {
    return new Promise((stopped) => this.socket.close(() => stopped()))
  }

  private answerTo(question: Buffer, name: string): Buffer {
    const texts = this.records.get(name)
    const header = Buffer.alloc(headerBytes)
    question.copy(header, 0, 0, 2)
    header.writeUInt16BE(authoritativeAnswer | (texts ? 0 : refusedName), 2)
    header.writeUInt16BE(1, 4)
    header.writeUInt16BE(texts?.length ?? 0, 6)
    const asked = question.subarray(headerBytes, endOfName(question) + 4)
    return Buffer.concat([header, asked, ...(texts ?? []).map(txtRecord)])
  }
}

/** Points back at the name of the question; type TXT, class IN, for 60 s; the text in pieces of 255 bytes. */
function txtRecord(text: string): Buffer {
  const bytes = Buffer.from(text)
  const pieces: Buffer[] = []
  for (let at = 0; at < bytes.length; at += 255) {
    const piece = bytes.subarray(at, at + 255)
    pieces.push(Buffer.from([piece.length]), piece)
  }
  const data = Buffer.concat(pieces)
  const head = Buffer.from([0xc0, headerBytes, 0, 16, 0, 1, 0, 0, 0, 60, 0, 0])
  head.writeUInt16BE(data.length, head.length - 2)
  return Buffer.concat([head, data])
}

/** Behind the root's empty label. */
function endOfName(message: Buffer): number {
  let at = headerBytes
  while (message[at] !== 0) at += message[at]! + 1
  return at + 1
}

function nameIn(message: Buffer): string {
  const labels: string[] = []
  for (let at = headerBytes; message[at] !== 0; at += message[at]! + 1) {
    labels.push(message.toString('latin1', at + 1, at + 1 + message[at]!))
  }
  return labels.join('.').toLowerCase()
}
