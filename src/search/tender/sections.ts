import type { Block, DocumentText } from '../../model/document.ts'
import type { BrickStatus, SectionKind } from '../../model/tender.ts'
import {
  ADMINISTRATIVE_TITLE,
  CONTEXT_TITLE,
  DEMAND_TITLE,
  DESCRIPTION_TITLE,
  EXCLUDED_TITLE,
  FIRM_NEED_TITLE,
  FUNCTIONS_TITLE,
  NEED_TITLE,
  OBJECT_TITLE,
  OPTIONAL_TITLE,
  plainText,
  SUPPLY,
  UPKEEP,
} from './tender-words.ts'

/** A part of a tender under one title. */
export interface Section {
  readonly title: string
  readonly kind: SectionKind
  /** What the title says of everything below it. */
  readonly status?: Extract<BrickStatus, 'optional' | 'excluded'>
  /** Under this title every line is demanded. */
  readonly demands: boolean
  /** It says what the tender is about: the object, or what stands before the first numbered title. */
  readonly isObject: boolean
  readonly page?: number
  readonly blocks: Block[]
}

const LONGEST_TITLE = 120
/** "3.2.1 Titre", "Article 5 – Objet", "Lot n° 2 : …", "A. Contexte", "IV - Prescriptions". */
const NUMBERED =
  /^(?:(?:article|chapitre|titre|partie|section|annexe|lot)\s+(?:n[°o]\s*)?[0-9IVX]{1,4}(?:\.[0-9]{1,2}){0,3}|[0-9]{1,2}(?:\.[0-9]{1,2}){0,4}|(?:[IVX]{1,5}|[A-H])(?![\p{L}\p{N}]))\s*(?:[.):–—-]\s*){0,2}(?=\S)/iu
const HAS_NUMBER_SIGN = /^(?:[IVX]{1,5}|[A-H])\s*[.):–—-]/u
/** "1.2 Objet ............ 5": a line of the table of contents. */
const CONTENTS_LINE = /\.{4,}\s*[0-9]{0,3}\s*$|\t[0-9]{1,3}\s*$/u
const CONTENTS_END = 40

interface Title {
  readonly text: string
  readonly depth: number
}

const depthOf = (number: string): number => {
  if (/^(?:article|chapitre|titre|partie|section|annexe|lot)/iu.test(number))
    return 1 + (number.match(/\./g)?.length ?? 0)
  // "1.0 Background" holds "1.1 Purpose".
  const figures = number.replace(/(?:\.0)+(?=\D*$)/u, '').match(/[0-9]+/gu)
  return figures ? figures.length : 1
}

const isUpper = (text: string): boolean =>
  text.length >= 5 &&
  /^[\p{L}\p{N}«"(]/u.test(text) &&
  /\p{Lu}{3}/u.test(text) &&
  text === text.toUpperCase() &&
  !/[.;]$/u.test(text)

/** A line that reads as a title, and how deep it lies. */
const titleOf = (block: Block): Title | undefined => {
  const { text, heading } = block
  if (text.length > LONGEST_TITLE) return undefined
  const [number] = NUMBERED.exec(text) ?? []
  if (heading !== undefined) return { text, depth: number === undefined ? heading : Math.max(heading, depthOf(number)) }
  if (/[.;,]$/u.test(text)) return undefined
  const rest = number === undefined ? '' : text.slice(number.length)
  // "12 mois", "3 sondes": a figure before a small letter counts something.
  const named = number !== undefined && /^(?:article|chapitre|annexe|lot)/iu.test(number)
  const roman = number !== undefined && /^(?:[IVX]{1,5}|[A-H])\b/u.test(text)
  if (number !== undefined && (!roman || HAS_NUMBER_SIGN.test(text)) && (named || /^[\p{Lu}«]/u.test(rest))) {
    return /:$/u.test(text) && !named ? undefined : { text, depth: depthOf(number) }
  }
  return isUpper(text) ? { text, depth: 1 } : undefined
}

interface Nature {
  readonly kind: SectionKind
  readonly status?: Section['status']
  /** A description of what is kept up: only titles that ask outright end it. */
  readonly describes?: boolean
  /** A chapter of functions: "Paiement" and "Signature" in it are functions too, not clauses. */
  readonly functions?: boolean
}

/** What a title says by itself; `undefined` when it says nothing, and the section goes on as the one around it. */
const natureOf = (title: string, isUpkeep: boolean, around: Nature | undefined): Nature | undefined => {
  const plain = plainText(title)
  if (EXCLUDED_TITLE.test(plain)) return { kind: 'need', status: 'excluded' }
  // "Variantes et prestations supplémentaires" of a consultation's rules name no brick: nothing is lost.
  if (OPTIONAL_TITLE.test(plain)) return { kind: 'need', status: 'optional' }
  if (CONTEXT_TITLE.test(plain)) return { kind: 'context' }
  const functions = around?.functions || FUNCTIONS_TITLE.test(plain)
  if (!functions && ADMINISTRATIVE_TITLE.test(plain)) return { kind: 'administrative' }
  const isFirm = FIRM_NEED_TITLE.test(plain)
  if (isUpkeep && !isFirm && (around?.describes || DESCRIPTION_TITLE.test(plain))) {
    return { kind: 'context', describes: true }
  }
  if (functions) return { kind: 'need', functions: true }
  return NEED_TITLE.test(plain) ? { kind: 'need' } : undefined
}

/** A front page, or an article that gives the object, is short; a text without titles is not. */
const LONGEST_FRONT = 15
const LONGEST_ARTICLE = 40

const longestObject = ({ title }: Section): number =>
  OBJECT_TITLE.test(plainText(title)) ? LONGEST_ARTICLE : LONGEST_FRONT

/**
 * Whether the tender asks to keep something up rather than to supply it, by its front page and what it gives as its
 * object.
 */
const isOfUpkeep = (sections: readonly Section[]): boolean => {
  const said = sections
    .filter(section => section.isObject && section.kind !== 'context')
    .flatMap(({ title, blocks }) => [title, ...blocks.map(block => block.text)])
    .map(plainText)
    .join(' ')
  return UPKEEP.test(said) && !SUPPLY.test(said)
}

const readSections = ({ blocks }: DocumentText, isUpkeep: boolean): Section[] => {
  let isFront = true
  const around: { depth: number; nature: Nature }[] = []
  const sections: Section[] = []
  const begin = (title: string, { kind, status, functions = false }: Nature, page: number | undefined): void => {
    const plain = plainText(title)
    sections.push({
      ...{ title, kind, demands: functions || DEMAND_TITLE.test(plain), isObject: isFront || OBJECT_TITLE.test(plain) },
      ...(status && { status }),
      ...(page !== undefined && { page }),
      blocks: [],
    })
  }
  for (const block of blocks) {
    // The end of the line decides; a whole text of dots would be gone through from each of them.
    if (CONTENTS_LINE.test(block.text.slice(-CONTENTS_END))) continue
    const title = titleOf(block)
    if (title === undefined) {
      if (sections.length === 0) begin('', { kind: 'need' }, block.page)
      sections.at(-1)?.blocks.push(block)
      continue
    }
    isFront &&= !NUMBERED.test(title.text)
    while ((around.at(-1)?.depth ?? 0) >= title.depth) around.pop()
    const outer = around.at(-1)?.nature
    const nature = natureOf(title.text, isUpkeep, outer) ?? outer ?? { kind: 'need' }
    around.push({ depth: title.depth, nature })
    begin(title.text, nature, block.page)
    // The title itself may name a brick: "3.2 Supervision du réseau".
    sections.at(-1)?.blocks.push({ ...block, heading: title.depth })
  }
  return sections.map(each =>
    each.isObject && each.blocks.length > longestObject(each) ? { ...each, isObject: false } : each,
  )
}

/** The sections of a document in order; what stands before the first title is a need without title. */
export const sectionsOf = (document: DocumentText): Section[] => {
  const sections = readSections(document, false)
  return isOfUpkeep(sections) ? readSections(document, true) : sections
}
