import { memoisedPhrases } from '../../../src/text/memo.ts'
import { plainText } from './plain-text.ts'

const FUNCTION =
  /\b(?:direct(?:eur|rice)|dsi|rssi|daf|dgs|dga|drh|dpo|responsable|cheff?e?|maire|adjointe?|presidente?|vice-presidente?|gerante?|ingenieure?|chargee? d|technicien(?:ne)?|elue?|conseill(?:er|ere)|secretaire|coordinat(?:eur|rice)|coordonnat(?:eur|rice)|cadre|medecin|infirmi(?:er|ere)|pharmacien(?:ne)?|proviseure?|enseignante?|animat(?:eur|rice)|administrat(?:eur|rice)|assistante?|gestionnaire|fondat(?:eur|rice)|dirigeante?|associee?|exploitante?|agricult(?:eur|rice)|bibliothecaire|archiviste|architecte|ceo|cto|cio|ciso|coo|cfo|head|manager|director|officer|mayor|engineer|founder|lead|analyst)\b/

/** Whether a line names somebody's function ("Directrice des systèmes d'information"). */
export const namesFunction = memoisedPhrases((text: string): boolean => FUNCTION.test(plainText(text.slice(0, 200))))
