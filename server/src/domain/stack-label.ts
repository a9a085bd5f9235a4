/** The label by which `docker stack deploy` marks what it makes. */
export const stackLabel = 'com.docker.stack.namespace'
