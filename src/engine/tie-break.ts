/**
 * The neutral order of equal suppliers: a hash of the SIREN and the query's text, the same after a rebuild and on
 * every engine, different from query to query, so that nobody is always last.
 */

/** FNV-1a of a text, 32 bits. */
export const tieSeed = (text: string): number => {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return hash >>> 0
}

/** Mixes a SIREN (as a number) into a seed: the finaliser of MurmurHash3. */
export const tieOrder = (siren: number, seed: number): number => {
  let hash = (siren ^ seed) >>> 0
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}
