import { useCallback, useEffect, useState } from 'react'
import styles from './Notice.module.css'

/** How long a word on what a key just did stays, in milliseconds. */
const stay = 2_500

/** A word on what a key just did, for as long as it takes to read; and how to say one. */
export function useNotice(): [string, (words: string) => void] {
  const [notice, setNotice] = useState({ words: '' })
  useEffect(() => {
    if (notice.words === '') return
    const timer = setTimeout(() => setNotice({ words: '' }), stay)
    return () => clearTimeout(timer)
  }, [notice])
  return [notice.words, useCallback((words) => setNotice({ words }), [])]
}

/** Where it is shown and said. */
export const Notice = ({ words }: { words: string }) => (
  <p role="status" className={styles.notice}>
    {words}
  </p>
)
