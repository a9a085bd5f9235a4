/** The engine that the simulator takes for its model. */
export const VERSIONS = {
  engine: '28.5.2',
  api: '1.51',
  minApi: '1.24',
} as const
