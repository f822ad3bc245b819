/** The part of html-encoding-sniffer 7 that `charset.ts` uses; the package brings no types. */
declare module 'html-encoding-sniffer' {
  interface Options {
    /** The charset of the Content-Type header. */
    readonly transportLayerEncodingLabel?: string
    readonly defaultEncoding?: string
    /** How far a `meta` is looked for; 1,024 by default. */
    readonly maxPrescanBytes?: number
  }
  /** The name of the encoding by the HTML standard's sniffing algorithm. */
  export default function sniff(bytes: Uint8Array, options?: Options): string
}
