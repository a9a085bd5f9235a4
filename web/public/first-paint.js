// Before anything is painted: what this browser chose (src/theme/preference.ts and the rail
// in src/shell/use-rail.ts), or the page would begin in another light, or jump. It is no
// module, for those run after the first paint, and has a file because the policy forbids
// scripts within the page.
try {
  const theme = localStorage.getItem('skep.theme')
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme
  const rail = localStorage.getItem('skep.rail.narrow')
  const isCrowded = matchMedia('(max-width: 1199px)').matches
  if (rail === 'true' || (rail !== 'false' && isCrowded))
    document.documentElement.dataset.bootNarrow = ''
} catch {
  // Storage can be forbidden altogether: then there is nothing to follow.
}

// Whatever keeps the console from being drawn is said where it would stand. Once React has
// taken that place there is no such page any more, and this says nothing.
let isSaid = false
function say(what, next) {
  const page = document.querySelector('.boot-page')
  if (!page) return
  page.querySelector('h1').textContent = what
  page.querySelector('p').textContent = next
  isSaid = true
}

// Of a script that cannot be had the page is told by this alone, and only on the way down
// (capture). What a script throws, or cannot be read in, arrives at the window itself.
addEventListener(
  'error',
  ({ target, filename }) => {
    if (target instanceof HTMLScriptElement)
      say(
        "The console's code could not be loaded.",
        'Reload the page. If that does not help, see whether the server of Skep runs, and what a proxy before it answers.',
      )
    else if (filename?.startsWith(location.origin))
      say(
        "This browser could not run the console's code.",
        'Reload the page. If that does not help, use a current Chrome, Edge, Firefox or Safari.',
      )
  },
  true,
)

// A request that is never answered fails nowhere.
setTimeout(() => {
  if (!isSaid)
    say(
      "The console's code has not come within 15 seconds.",
      'Wait, or reload the page. If that does not help, see what stands between this browser and the server of Skep.',
    )
}, 15_000)
