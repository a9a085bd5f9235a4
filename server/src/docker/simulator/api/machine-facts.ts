/**
 * What an engine says of the machine and the tools below it; nothing here depends on it.
 * @see moby/moby daemon/info.go
 */
export const MACHINE_FACTS = {
  DriverStatus: [['Backing Filesystem', 'simulated']],
  MemoryLimit: true,
  SwapLimit: true,
  KernelMemoryTCP: false,
  CpuCfsPeriod: true,
  CpuCfsQuota: true,
  CPUShares: true,
  CPUSet: true,
  PidsLimit: true,
  OomKillDisable: false,
  IPv4Forwarding: true,
  Debug: false,
  NFd: 30,
  NGoroutines: 100,
  NEventsListener: 0,
  OSVersion: '',
  GenericResources: null,
  HttpProxy: '',
  HttpsProxy: '',
  NoProxy: '',
  CDISpecDirs: ['/etc/cdi', '/var/run/cdi'],
  Containerd: {
    Address: '/run/containerd/containerd.sock',
    Namespaces: { Containers: 'moby', Plugins: 'plugins.moby' },
  },
  ContainerdCommit: { ID: 'simulated' },
  RuncCommit: { ID: 'simulated' },
  InitCommit: { ID: 'simulated' },
  FirewallBackend: { Driver: 'iptables' },
  RegistryConfig: {
    IndexConfigs: {
      'docker.io': { Mirrors: [], Name: 'docker.io', Official: true, Secure: true },
    },
    InsecureRegistryCIDRs: ['::1/128', '127.0.0.0/8'],
    Mirrors: null,
  },
} as const

/** Beside the engine itself. */
export const COMPONENTS = ['containerd', 'runc', 'docker-init'].map((Name) => ({
  Name,
  Version: 'simulated',
  Details: { GitCommit: 'simulated' },
}))
