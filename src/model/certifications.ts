/** The certificates and statuses that Brique knows by name. An id that is not here is shown as it is. */
const NAMES = new Map(
  Object.entries({
    'iso-27001': 'ISO 27001',
    'iso-9001': 'ISO 9001',
    'iso-14001': 'ISO 14001',
    'iso-13485': 'ISO 13485',
    'iso-50001': 'ISO 50001',
    'iso-20000': 'ISO 20000',
    hds: 'Hébergeur de données de santé (HDS)',
    secnumcloud: 'SecNumCloud',
    rgaa: 'Conformité RGAA',
    qualiopi: 'Qualiopi',
    cspn: 'CSPN',
    'ce-medical': 'Marquage CE dispositif médical',
    'b-corp': 'B Corp',
    rge: 'RGE',
    mase: 'MASE',
    'eidas-qualifie': 'Prestataire de services de confiance qualifié eIDAS',
  }),
)

export const certificationName = (id: string): string => NAMES.get(id) ?? id
export const CERTIFICATION_IDS: readonly string[] = [...NAMES.keys()]
