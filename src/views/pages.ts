/** Every page of the service: pure functions from what the routes know to a whole HTML document. */
export { aboutPage } from './about.ts'
export { accessibilityPage } from './accessibility.ts'
export { brickPage } from './brick.ts'
export { bricksPage } from './bricks.ts'
export type {
  BrickCounts,
  BricksView,
  BrickView,
  ErrorContext,
  HomeView,
  ListedBrick,
  PageContext,
  Problem,
  RankingView,
  SearchView,
  SupplierView,
} from './context.ts'
export { docsPage } from './docs.ts'
export { errorPage } from './error.ts'
export { homePage } from './home.ts'
export { robotPage } from './robot.ts'
export { searchPage } from './search.ts'
export { supplierPage } from './supplier.ts'
export { type TenderView, tenderPage } from './tender.ts'
