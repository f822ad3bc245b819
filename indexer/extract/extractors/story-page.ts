import type { SitePageContent } from '../extractor.ts'
import { pathOf } from './own-site.ts'

const STORY =
  /\/(?:[^/]*-)?(?:blog|journal|carnet|actualites?|actus?|news|articles?|presse|communiques?|references?|realisations?|temoignages?|cas-clients?|cas-d-usages?|case-stud(?:y|ies)|customers?|clients|histoires?|stories|recits?)(?:[-/.]|$)/

/** Whether a page tells stories (articles, case studies): what it names there is mostly somebody else's. */
export const isStoryPage = ({ url }: Pick<SitePageContent, 'url'>): boolean => STORY.test(pathOf(url))
