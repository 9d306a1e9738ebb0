/** A real HTTP server that keeps what it is asked, and answers as it is told. */
import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

export interface ReceivedRequest {
  method: string
  path: string
  headers: IncomingHttpHeaders
  body: string
}

export interface GivenAnswer {
  status: number
  headers?: Record<string, string>
  body?: string
}

export class HttpReceiver {
  readonly requests: ReceivedRequest[] = []
  /** Used up one by one; without any, the answer is 200 and `{"ok":true}`. */
  readonly answers: GivenAnswer[] = []
  private readonly server: Server

  static async start(): Promise<HttpReceiver> {
    const receiver = new HttpReceiver()
    receiver.server.listen(0, '127.0.0.1')
    await once(receiver.server, 'listening')
    return receiver
  }

  private constructor() {
    this.server = createServer((request, response) => {
      text(request).then(
        (body) => {
          const { method = '', url = '', headers } = request
          this.requests.push({ method, path: url, headers, body })
          const answer = this.answers.shift() ?? { status: 200, body: '{"ok":true}' }
          response.writeHead(answer.status, answer.headers).end(answer.body ?? '')
        },
        () => response.destroy(),
      )
    })
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections()
    await new Promise<void>((resolve) => this.server.close(() => resolve()))
  }
}
