import { Problem, type ProblemStatus, problemOfStatus } from '../problem.ts'

/** The error answers of a route, as its OpenAPI description lists them. */
export const problemResponses = (...statuses: readonly ProblemStatus[]) =>
  Object.fromEntries(
    statuses.map(status => [
      status,
      {
        description: problemOfStatus(status, 'fr').title,
        content: { 'application/problem+json': { schema: Problem } },
      },
    ]),
  )
