import type { Lab } from './lab/lab.ts'
import { createService } from './swarm.ts'

/** What clients have heard since they were started. */
export type Heard = {
  /** Of each service, how often which word was the answer; `failed` counts what was none. */
  words: Record<string, Record<string, number>>
  /** Every failure in its own words. */
  failures: string[]
  /** The longest that an answer took, in seconds. */
  slowest: number
}

/**
 * Each request looks the name up afresh and once, as a resolver that asks again would hide
 * a moment without an address; takes the first of the addresses, which the engine shuffles;
 * and is sent once. An address where nobody is any more refuses, or stays silent for good:
 * ten seconds are for containers that wait for a processor, which on a machine that is busy
 * with something else can take seven, with nothing wrong between them.
 * A failure is told at once, the counts every 25th request.
 */
const script = `
export RES_OPTIONS=attempts:1
ask() {
  while :; do
    read -r asked _ </proc/uptime
    if answer=$(timeout 10 wget -O - "http://$1/" 2>"/tmp/$1"); then
      read -r told _ </proc/uptime
      echo "$1 \${answer:-failed} $asked $told"
    else
      echo "$1 failed $? $(date +%T) $(tr '\\r\\n' '  ' <"/tmp/$1")"
    fi
    sleep 0.5
  done
}
for name; do ask "$name" & done | awk -v me="$(hostname)" '
  { heard[$1 "/" $2]++ }
  $2 == "failed" { print }
  $2 != "failed" && $4 - $3 > slowest { slowest = $4 - $3 }
  $2 == "failed" || NR % 25 == 0 {
    line = "tally " me " " slowest + 0
    for (key in heard) line = line " " key "=" heard[key]
    print line
    fflush()
  }'`

/** Starts a constant load, from two nodes, on these services of an overlay network. */
export async function startLoad(
  lab: Lab,
  network: string,
  targets: readonly string[],
): Promise<void> {
  await createService(lab, 'load', 2, {
    options: ['--network', network, '--replicas-max-per-node', '1', '--entrypoint', 'sh'],
    command: ['-c', script, 'load', ...targets],
  })
}

/** Reads what the load has come to by now. */
export async function heardBy(lab: Lab): Promise<Heard> {
  const lines = (await lab.docker('m1', 'service', 'logs', '--raw', 'load')).split('\n')
  const latest = new Map<string, string[]>()
  for (const line of lines) {
    const [first, client, ...rest] = line.trim().split(' ')
    if (first === 'tally' && client) latest.set(client, rest)
  }
  const heard: Heard = {
    words: {},
    failures: lines.filter((line) => /^\S+ failed /.test(line)),
    slowest: 0,
  }
  for (const [slowest, ...counts] of latest.values()) {
    heard.slowest = Math.max(heard.slowest, Number(slowest))
    for (const each of counts) {
      const [service = '', word = '', times] = each.split(/[/=]/)
      const words = heard.words[service] ?? {}
      heard.words[service] = { ...words, [word]: (words[word] ?? 0) + Number(times) }
    }
  }
  return heard
}
