import type { Difference } from './compare.ts'

const all = ['20', '26', '28'] as const

/**
 * The simulator is modelled on engine 28 alone. What older ones said in other words, or did
 * not say yet, is no fault of it.
 */
const olderEngines: readonly Difference[] = [
  {
    call: '*service create*',
    engines: ['20'],
    lines: ['+ Warnings null'],
    why: 'told since API 1.44',
  },
  {
    call: '*ping*',
    engines: ['20'],
    lines: ['+ swarm: active/*', '+ swarm: locked'],
    why: 'this header came with API 1.42',
  },
  {
    call: 'logs, *',
    engines: ['20'],
    lines: ['- content-type: undefined', '+ content-type: application/vnd.docker.*-stream'],
    why: 'logs have had a type since API 1.42',
  },
  {
    call: '*task*',
    engines: ['20'],
    lines: ['+ *Volumes null'],
    why: 'cluster volumes came with API 1.42',
  },
  {
    call: 'network *',
    engines: ['20', '26'],
    lines: ['+ *EnableIPv4 boolean'],
    why: 'IPv4 cannot be turned off before release 28',
  },
  {
    call: '*info',
    engines: ['20'],
    lines: [
      '- BridgeNfIp*tables boolean',
      '- *Commit.Expected string',
      '- KernelMemory boolean',
      '- RegistryConfig.AllowNondistributableArtifacts*',
      '- RegistryConfig.Mirrors[]',
      '+ CDISpecDirs[] string',
      '+ Containerd.*',
      '+ FirewallBackend.Driver = "iptables"',
      '+ RegistryConfig.InsecureRegistryCIDRs[] string',
      '+ RegistryConfig.Mirrors null',
    ],
    why: 'engines tell other things of their machine now',
  },
  {
    call: '*filter*',
    engines: ['20'],
    lines: ["- *Invalid filter '*", "+ *invalid filter '*"],
    why: 'it begins with a small letter since release 23',
  },
  {
    call: '*filter*',
    engines: ['20'],
    lines: [
      '- status 500',
      '- *json: cannot unmarshal *',
      '- message = "invalid character *',
      '+ status 400',
      '+ *invalid filter"*',
    ],
    why: 'filters that cannot be read were told in the words of the decoder, some as a 500',
  },
  {
    call: '*',
    engines: ['20'],
    lines: [
      '- message = "unexpected EOF"',
      '- message = "invalid character *',
      '- message = "json: cannot unmarshal *',
      '- message = "illegal base64 data *',
      '+ message = "invalid JSON: *',
    ],
    why: 'what cannot be read was told in the words of the decoder alone',
  },
  {
    call: '*, * body',
    engines: ['20'],
    lines: [
      '- message = "got EOF while reading request body"',
      '+ message = "invalid Role: *',
      '+ message = "mismatched Runtime and *Spec fields"',
      '+ message = "rpc error: code = InvalidArgument desc = name must be provided"',
    ],
    why: 'a body without anything in it was refused',
  },
  {
    call: 'service create, body *',
    engines: ['20'],
    lines: [
      '- message = "got EOF while reading request body"',
      '- message = "mismatched Runtime and *Spec fields"',
      '+ message = "mismatched Runtime and *Spec fields"',
      '+ message = "unexpected content after JSON"',
    ],
    why: 'the same, and what came after the first value was not looked at',
  },
  {
    call: 'worker: overlay create',
    engines: ['20'],
    lines: [
      '- message = "Cannot create a multi-host *',
      '+ message = "This node is not a swarm *',
    ],
    why: 'other words',
  },
  {
    call: 'network create, *',
    engines: ['20'],
    lines: [
      '- status 500',
      '- message = "invalid name: "',
      '- message = "Invalid subnet nonsense *',
      '+ status 400',
      '+ message = "invalid name: name is empty"',
      '+ message = "invalid network config:*',
    ],
    why: 'networks are checked earlier, and in other words, since release 25',
  },
  {
    call: 'volume *',
    engines: ['20'],
    lines: [
      '+ Labels.com.docker.volume.anonymous = ""',
      '- message = "get *: no such volume"',
      '+ message = "volume * not found"',
    ],
    why: 'cluster volumes, which are looked for as well, came with release 23, as that label did',
  },
  {
    call: 'docker, nodes *',
    engines: ['20', '26'],
    lines: ['-  Log:  awslogs, * gcplogs, *', '+  Log:  awslogs, *'],
    why: 'some log drivers are not built in any more',
  },
  {
    call: 'story: a missing command',
    engines: ['20'],
    lines: [
      '- 1 × *starting container failed: failed to create shim*',
      '+ 1 × *starting container failed: failed to create task*',
    ],
    why: 'containerd says more since 1.7',
  },
  {
    call: '*info',
    engines: ['26'],
    lines: [
      '- BridgeNfIp*tables boolean',
      '- CDISpecDirs[]',
      '- *Commit.Expected string',
      '- RegistryConfig.AllowNondistributableArtifacts*',
      '+ CDISpecDirs[] string',
      '+ Containerd.*',
      '+ FirewallBackend.Driver = "iptables"',
      '+ RegistryConfig.InsecureRegistryCIDRs[] string',
    ],
    why: 'engines tell other things of their machine now',
  },
  {
    call: 'API *',
    engines: ['26'],
    lines: [
      '- content-type: application/json',
      '- message = "client version *',
      '+ content-type: text/plain*',
      '+ text *',
    ],
    why: 'there and then this refusal was JSON for every client',
  },
  {
    call: '*',
    engines: ['26'],
    lines: [
      '- message = "invalid JSON: illegal base64 data *',
      '- message = "invalid JSON: json: *.Annotations.*',
      '- message = "invalid JSON: json: * ReplicatedService.Mode.Replicated.Replicas *',
      '+ message = "invalid JSON: json: *',
    ],
    why: 'its Go names the fields of a type otherwise',
  },
  {
    call: 'API 1.*: * /*',
    engines: ['20'],
    lines: [
      '- status 200',
      '- content-type: application/json',
      '- docker-experimental: false',
      '- no body',
      '+ status 400',
      '+ content-type: text/plain; charset=utf-8',
      '+ text *',
    ],
    why: 'clients of API 1.12 and later were understood until release 25',
  },
  {
    call: 'API 1.24: GET /info',
    engines: ['20', '26'],
    lines: ['- ExecutionDriver string'],
    why: 'clients before API 1.25 were told of it',
  },
  {
    call: 'network create, no name',
    engines: ['26'],
    lines: ['- message = "invalid name: "', '+ message = "invalid name: name is empty"'],
    why: 'other words',
  },
  {
    call: 'story: a missing command',
    engines: ['26'],
    lines: [
      '- 1 × *no such file or directory: unknown"*',
      '+ 1 × *no such file or directory"*',
    ],
    why: 'containerd ended its words so before version 2',
  },
]

/**
 * Where the simulator is known to say or do something else than an engine, and why it is
 * left so. What is not here is a failure, and so is what is here and no longer true.
 */
export const differences: readonly Difference[] = [
  {
    call: '*info',
    engines: all,
    lines: ['- ID string', '+ ID <id>'],
    why: 'a simulated engine goes by the id of its node',
  },
  {
    call: '*info',
    engines: all,
    lines: ['- Labels[]', '+ Labels[] = "skep.simulated=true"'],
    why: 'this is how it says that it is one',
  },
  {
    call: '*info',
    engines: all,
    lines: ['- RegistryConfig.IndexConfigs.*.Name <address>'],
    why: 'the registry of the lab is reached by its address as well',
  },
  {
    call: '*info',
    engines: ['26', '28'],
    lines: ['- Runtimes.*.status.org.opencontainers.runtime-spec.features string'],
    why: 'there is no runtime that could say what it can do',
  },
  {
    call: 'network inspect, ingress*',
    engines: all,
    lines: ['- Containers.*', '- Peers[].*', '+ Containers null'],
    why: 'nothing is attached to simulated networks, so they have no peers',
  },
  {
    call: 'network inspect, docker_gwbridge',
    engines: all,
    lines: ['- Containers.*', '- Options.* string', '+ Containers {}', '+ Options {}'],
    why: 'no packet leaves a simulated engine: its bridges have no options, and no ends',
  },
  {
    call: 'API *: GET /info',
    engines: ['26', '28'],
    lines: ['- KernelMemory boolean'],
    why: 'older versions in a path are answered in the newest shape',
  },
  {
    call: 'API *: GET /info',
    engines: ['28'],
    lines: [
      '- BridgeNfIp*tables boolean',
      '- RegistryConfig.AllowNondistributableArtifacts*',
      '- RuncCommit.Expected string',
      '+ Containerd.*',
      '+ FirewallBackend.Driver = "iptables"',
    ],
    why: 'the same',
  },
  {
    call: 'service create, environment template that cannot be read',
    engines: all,
    lines: [
      '- status 400',
      '- message = "*template: expansion:*',
      '+ status 201',
      '+ ID <id>',
      '+ Warnings null',
    ],
    why: 'Go templates are neither checked nor filled in',
  },
  ...olderEngines,
]
