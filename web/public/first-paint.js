// Before anything is painted: what this browser chose (src/theme/preference.ts and the rail
// in src/shell/Shell.tsx), or the page would begin in another light, or jump. It is no
// module, for those run after the first paint, and has a file because the policy forbids
// scripts within the page.
try {
  const theme = localStorage.getItem('skep.theme')
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme
  if (localStorage.getItem('skep.rail.narrow') === 'true')
    document.documentElement.dataset.bootNarrow = ''
} catch {
  // Storage can be forbidden altogether: then there is nothing to follow.
}
