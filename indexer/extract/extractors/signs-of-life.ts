import type { Extractor, Finding } from '../extractor.ts'
import { anchorOf, excerptOf } from '../sentences.ts'
import { jobsPages } from './jobs-page.ts'
import { latestNews } from './news-date.ts'

/** Signs that a firm lives: where it recruits, and the date of its latest news. */
export const signsOfLife: Extractor = {
  name: 'signs-of-life',
  version: 1,
  find: page => {
    const jobs = jobsPages(page).map(
      ({ url, text }): Finding => ({
        property: 'claim',
        value: { kind: 'jobs', value: url },
        excerpt: excerptOf(text),
      }),
    )
    const news = latestNews(page)
    if (news === undefined) return jobs
    const place = news.block === undefined ? {} : anchorOf(news.block)
    return [
      ...jobs,
      { property: 'claim', value: { kind: 'news', value: news.date }, excerpt: excerptOf(news.excerpt), ...place },
    ]
  },
}
