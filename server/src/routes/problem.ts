import type { Problem } from '@skep/shared/contract/problem'
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod'
import { Refusal } from '../commands/refusal.ts'
import { DockerError } from '../docker/errors.ts'
import { MemoryError } from '../memory/errors.ts'

/** The one place where an error becomes an answer. What is our own fault is logged, not told. */
export function answerProblems(app: FastifyInstance): void {
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const problem = problemOf(error, request)
    if (problem.status >= 500) request.log.error({ err: error }, problem.title)
    return send(reply, problem)
  })
}

/** The answer for an address under /api that nothing serves. */
export function notFound(request: FastifyRequest, reply: FastifyReply) {
  return send(reply, {
    code: 'no-such-address',
    title: `There is nothing at ${request.method} ${request.url.split('?')[0]}.`,
    status: 404,
    next: 'See /api/docs for every address.',
    requestId: request.id,
  })
}

function send(reply: FastifyReply, problem: Problem) {
  return reply
    .code(problem.status)
    .header('content-type', 'application/problem+json; charset=utf-8')
    .serializer(JSON.stringify)
    .send(problem)
}

function problemOf(error: FastifyError, { id: requestId }: FastifyRequest): Problem {
  if (error instanceof Refusal) {
    return { ...error.refused, requestId }
  }
  if (error instanceof DockerError) {
    return {
      code: `engine-${error.kind}`,
      title: 'The swarm did not answer this.',
      status: 502,
      detail: error.message,
      next: 'See the state of the swarm at the top of the page, then try again.',
      requestId,
    }
  }
  if (error instanceof MemoryError) {
    return {
      code: 'memory-away',
      title: 'The console cannot reach what it has written down.',
      status: 503,
      detail: error.message,
      next: 'The swarm is shown all the same. See to the database, then try again.',
      requestId,
    }
  }
  if (hasZodFastifySchemaValidationErrors(error)) {
    const [first] = error.validation
    const where = first?.instancePath.replace(/^\//, '').replaceAll('/', '.')
    return {
      code: 'invalid-request',
      title: `${where || 'The request'} is not as it should be: ${first?.message ?? ''}`,
      status: 400,
      next: 'See /api/docs for what is accepted here.',
      requestId,
    }
  }
  const status = error.statusCode ?? 500
  if (status < 500) {
    const next = 'See /api/docs for what is accepted here.'
    return { code: 'invalid-request', title: error.message, status, next, requestId }
  }
  return {
    code: 'internal',
    title: 'The console failed at this, and it is the console that is at fault.',
    status: 500,
    next: 'Try again; if it stays, report it with the request id and the log around it.',
    requestId,
  }
}
