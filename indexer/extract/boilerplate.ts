import { attribute, type Element } from './dom.ts'

/** Why a part is not the page's own text. */
export type Boilerplate =
  | 'nav'
  | 'header'
  | 'footer'
  | 'aside'
  | 'dialog'
  | 'search'
  | 'cookie'
  | 'comments'
  | 'related'
  | 'social'
  | 'advertisement'
  | 'subscribe'
  | 'byline'
  | 'caption'

/** An element that holds blocks, with what its text adds up to. */
export interface Region {
  readonly element: Element
  readonly parent: Region | undefined
  /** Its tag, class, id, role and itemprop in lower case: what the page's author called it. */
  readonly label: string
  /** Its own reason until `settleBoilerplate`, then also that of what holds it. */
  boilerplate: Boilerplate | undefined
  chars: number
  linkChars: number
}

const BY_TAG: ReadonlyMap<string, Boilerplate> = new Map([
  ['nav', 'nav'],
  ['menu', 'nav'],
  ['footer', 'footer'],
  ['aside', 'aside'],
  ['dialog', 'dialog'],
  ['figcaption', 'caption'],
])

const BY_ROLE: ReadonlyMap<string, Boilerplate> = new Map([
  ['navigation', 'nav'],
  ['menu', 'nav'],
  ['menubar', 'nav'],
  ['toolbar', 'nav'],
  ['banner', 'header'],
  ['contentinfo', 'footer'],
  ['complementary', 'aside'],
  ['search', 'search'],
  ['dialog', 'dialog'],
  ['alertdialog', 'dialog'],
])

/** Names authors give to such parts, the first that fits; French ones and consent tools beside Readability's list. */
const BY_LABEL: readonly (readonly [Boilerplate, RegExp])[] = [
  ['cookie', /cookie|gdpr|rgpd|consent|didomi|axeptio|tarteaucitron|onetrust|cybot/],
  ['nav', /breadcrumb|fil-?ariane|\bmenu\b|\bnav(?:bar|igation)?\b|pagination|\bpager\b|skip-?link|\btoc\b|sitemap/],
  ['footer', /\bfoot\b|footer|pied-?(?:de-?)?page/],
  // Page builders call every part a widget: `elementor-widget-text-editor` is text.
  ['aside', /side-?bar|\baside\b|(?<!elementor-)\bwidget|\brail\b/],
  ['comments', /\bcomments?\b|comment-?list|commentaires?\b|disqus|\brepl(?:y|ies)\b|respond\b|livefyre/],
  [
    'related',
    /related|recirc|recommend|also-?like|most-?(?:popular|read)|trending|outbrain|taboola|read-?(?:more|next)|more-?(?:stories|from|on)|\bpromo|teaser|similar|popular|latest-?news/,
  ],
  ['social', /\bsocial|share-|\bshar(?:e|ing)\b|addthis|addtoany|sharedaddy|follow-?us/],
  ['advertisement', /\bads?\b|advert|sponsor|\bdfp\b|google_ads|\bad-|-ad\b|commercial/],
  ['subscribe', /newsletter|subscri(?:be|ption)|paywall|sign-?up|log-?in|pop-?up|\bmodal\b|overlay/],
  [
    'byline',
    /\bbyline|author-?(?:bio|info|box|card)|\bbio\b|about-?author|\bmetadata\b|(?:entry|post|article)-?meta|timestamp|dateline-|\btags?\b|tag-?(?:list|cloud)|\bcategor(?:y|ies)\b/,
  ],
  ['caption', /caption|\bcredit/],
]

const CONTENT_LABEL =
  /\barticle-?(?:body|content|text)|(?:entry|post|story|page|main)-?(?:content|body|text)|articlebody/

const CONTENT_TAGS = new Set(['html', 'body', 'main', 'article', 'h1'])

/** What an element is called by its author, at most 500 characters. */
export const labelOf = (element: Element): string => {
  const names = ['class', 'id', 'role', 'itemprop'].map(name => attribute(element, name)?.slice(0, 200) ?? '')
  return `${element.name} ${names.join(' ')}`.slice(0, 500).toLowerCase()
}

/** Why an element by its tag, role or label is not the page's own text; `undefined` when nothing says so. */
export const boilerplateOf = (element: Element, label: string): Boilerplate | undefined => {
  if (CONTENT_TAGS.has(element.name)) return undefined
  const stated = BY_TAG.get(element.name) ?? BY_ROLE.get(attribute(element, 'role')?.toLowerCase() ?? '')
  if (stated !== undefined || CONTENT_LABEL.test(label)) return stated
  return BY_LABEL.find(([, pattern]) => pattern.test(label))?.[0]
}

/** A part this large is the page, whatever it is called ("has-sidebar", "modal-page"). Comments outgrow an article. */
const MAX_SHARE = 0.4
const MAX_COMMENTS_SHARE = 0.85

const prose = (region: Region): number => region.chars - region.linkChars

/** `nav` and `footer` elements are what they say: on a page of little text the legal notice is the longest part. */
const isOversized = (region: Region, top: Region): boolean =>
  region.element.name !== 'footer' &&
  region.element.name !== 'nav' &&
  prose(region) > (region.boilerplate === 'comments' ? MAX_COMMENTS_SHARE : MAX_SHARE) * prose(top)

/** Clears the reason of parts too large for one and hands the others' down to what they hold. */
export const settleBoilerplate = (regions: readonly Region[], top: Region): void => {
  const settled = new Set<Region>([top])
  const settle = (region: Region): void => {
    if (settled.has(region)) return
    settled.add(region)
    if (region.parent) settle(region.parent)
    if (region.boilerplate && isOversized(region, top)) region.boilerplate = undefined
    region.boilerplate = region.parent?.boilerplate ?? region.boilerplate
  }
  for (const region of regions) settle(region)
}
