import type { Cluster } from '@skep/shared/contract/cluster'

/** How many things need somebody, as the first page counts them: not what is only good to know. */
export const needsYou = ({ attention }: Pick<Cluster, 'attention'>): number =>
  attention.filter(({ tone }) => tone !== 'neutral').length
