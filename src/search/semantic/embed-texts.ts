import type { Encoder } from './encoder.ts'
import { EncoderError } from './encoder-errors.ts'

/** A text that every model can embed: when it fails too, the endpoint is at fault and not the text. */
const HARMLESS = 'bonjour'

/** The vectors of some texts, in their order; `undefined` for one that the endpoint refuses for itself. */
export type Embedded = (Float32Array | undefined)[]

/**
 * Embeds profile texts. A text that a server cannot take (too long for its model, say) must not stop all others: what
 * a batch is refused for is found by halving it. Rejects with an `EncoderError` when the endpoint itself is at fault.
 */
export const embedTexts = async (
  encoder: Pick<Encoder, 'embed'>,
  texts: readonly string[],
  options: { readonly signal?: AbortSignal } = {},
): Promise<Embedded> => {
  try {
    return await encoder.embed('passage', texts, options)
  } catch (error) {
    if (!(error instanceof EncoderError) || !error.perhapsTheTexts) throw error
    if (texts.length > 1) {
      const half = Math.ceil(texts.length / 2)
      const first = await embedTexts(encoder, texts.slice(0, half), options)
      return [...first, ...(await embedTexts(encoder, texts.slice(half), options))]
    }
    await encoder.embed('passage', [HARMLESS], options)
    return [undefined]
  }
}
