import nodemailer from 'nodemailer'

/** A plain text message to one address. */
export interface Message {
  readonly to: string
  readonly subject: string
  readonly text: string
}

/** Sends messages, or says that it could not; the address is in no error and no log. */
export interface Mailer {
  /** Resolves to whether the server took the message; after 15 s it has not. */
  send(message: Message): Promise<boolean>
  close(): void
}

export interface MailerOptions {
  /** smtp: or smtps: address of the server, with user and password where it wants them. */
  readonly url: string
  /** What recipients see as the sender. */
  readonly from: string
  /** Told why a message was not taken: a code, never an address. */
  readonly onFailure?: (code: string) => void
}

const CONNECT_MS = 5_000
const SOCKET_MS = 10_000

const LOOPBACK = /^(?:localhost|127\.[0-9.]+|\[::1\])$/

/** `address` as nodemailer takes it: a password never goes over a line that is not encrypted, but to this very machine. */
const transportOptions = (address: string) => {
  const { protocol, hostname, port, username, password } = new URL(address)
  const secure = protocol === 'smtps:'
  const auth =
    username === '' ? {} : { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } }
  return {
    host: hostname.replace(/^\[|\]$/g, ''),
    port: port === '' ? (secure ? 465 : 587) : Number(port),
    secure,
    requireTLS: !secure && username !== '' && !LOOPBACK.test(hostname),
    ...auth,
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    socketTimeout: SOCKET_MS,
    dnsTimeout: CONNECT_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  }
}

const codeOf = (error: unknown): string => {
  if (!(error instanceof Error)) return 'unknown'
  const code = 'code' in error && typeof error.code === 'string' ? error.code : 'unknown'
  const answer = 'responseCode' in error && typeof error.responseCode === 'number' ? ` ${error.responseCode}` : ''
  return code + answer
}

/** One line without control characters: a header of it can hold nothing else. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out.
const oneLine = (text: string): string => text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ')

/** A mailer over SMTP. Plain text alone: no picture, no link but those in the text, nothing that tells when it is read. */
export const createMailer = ({ url, from, onFailure }: MailerOptions): Mailer => {
  const transport = nodemailer.createTransport(transportOptions(url))
  return {
    async send({ to, subject, text }) {
      try {
        // As an object: a list of addresses in the text would be one odd address, not several.
        await transport.sendMail({
          from: oneLine(from),
          to: { name: '', address: oneLine(to) },
          subject: oneLine(subject),
          text,
          headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
        })
        return true
      } catch (error) {
        onFailure?.(codeOf(error))
        return false
      }
    },
    close: () => transport.close(),
  }
}
