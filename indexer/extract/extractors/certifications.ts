import { certificationName } from '../../../src/model/certifications.ts'
import type { Extractor, Finding, SitePageContent } from '../extractor.ts'
import { excerptOf } from '../sentences.ts'
import { certificatesIn } from './certificate-names.ts'
import { foldInPlace } from './claim-context.ts'
import type { DistinctionDetails } from './distinction-details.ts'
import { type Distinction, distinctionsOn } from './distinctions.ts'
import { objectsOf, ownOrganisations, stringsOf } from './own-organisation.ts'
import { pageKindOf } from './statements.ts'

const isoDate = (texts: readonly string[]): string | undefined => texts[0]?.match(/^\d{4}(?:-\d\d(?:-\d\d)?)?/)?.[0]

/** `hasCertification` and `hasCredential` of the firm's own description for machines. */
const fromStructured = (page: SitePageContent): readonly Distinction[] =>
  ownOrganisations(page)
    .flatMap(node => ['hasCertification', 'hasCredential'].flatMap(property => objectsOf(node, property)))
    .flatMap(node => {
      const name = stringsOf(node, 'name')[0] ?? ''
      const issued = isoDate([...stringsOf(node, 'validFrom'), ...stringsOf(node, 'datePublished')])
      const validUntil = isoDate([...stringsOf(node, 'expires'), ...stringsOf(node, 'validUntil')])
      const number = stringsOf(node, 'certificationIdentification')[0]
      const details: DistinctionDetails = {
        ...(issued === undefined ? {} : { issued }),
        ...(validUntil === undefined ? {} : { validUntil }),
        ...(number === undefined ? {} : { number }),
      }
      return certificatesIn(name).map(({ id }) => ({ id, excerpt: excerptOf(name), details, about: '' }))
    })

/** What an accessibility page may speak of beside the site. */
const OF_PRODUCT =
  /^(?:les? |la |l'|nos |notre |the |our )?(?:formulaires?|applications?|logiciels?|produits?|modules?|software|product|lecteurs?|application mobile)\b/

/** Conformity in part, of the site alone, or as required of others, is for the accessibility statement. */
const isFullRgaa = (page: SitePageContent, { excerpt }: Distinction): boolean =>
  (pageKindOf(page) !== 'accessibility' || OF_PRODUCT.test(foldInPlace(excerpt))) &&
  !/partiel|partial|non[ -]conform|%|taux|\b(?:ce|le|notre|du|present|this|our|the) site\b/.test(
    foldInPlace(excerpt).replace(/\b100 ?%/, ''),
  )

const certificationOf = ({ id, excerpt, anchor, details }: Distinction): Finding => ({
  property: 'certification',
  value: { id, name: certificationName(id), ...details },
  excerpt,
  ...(anchor === undefined ? {} : { anchor }),
})

const findCertifications = (page: SitePageContent): readonly Finding[] => {
  const stated = distinctionsOn(page, certificatesIn)
  const structured = fromStructured(page).filter(({ id }) => !stated.some(each => each.id === id))
  return [...stated, ...structured].filter(each => each.id !== 'rgaa' || isFullRgaa(page, each)).map(certificationOf)
}

/** Certificates that the firm says it, or its product, holds: not its host's, not those under way, sold or in general. */
export const certifications: Extractor = { name: 'certifications', version: 1, find: findCertifications }
