import { useLocalStorage, useMediaQuery } from '@mantine/hooks'

/**
 * Whether the rail is narrow, and how to make it so. As this browser chose once; before
 * that it is wide where the tables beside it have room for all of their columns
 * (public/first-paint.js knows the same width).
 */
export function useRail(): [boolean, (narrow: boolean) => void] {
  const [chosen, choose] = useLocalStorage<boolean | null>({
    key: 'skep.rail.narrow',
    defaultValue: null,
    getInitialValueInEffect: false,
  })
  const isCrowded = useMediaQuery('(max-width: 1199px)', false, {
    getInitialValueInEffect: false,
  })
  return [chosen ?? isCrowded, choose]
}
