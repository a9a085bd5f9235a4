# What the lab needs of this machine: tools, namespaces, engines. Check it, install it.

# COMMAND:PACKAGE
TOOLS=(
  dockerd:docker.io docker:docker.io containerd:containerd runc:runc iptables:iptables
  ip:iproute2 busybox:busybox-static docker-registry:docker-registry jq:jq curl:curl
  openssl:openssl unshare:util-linux nsenter:util-linux setsid:util-linux flock:util-linux
)
missing_packages() {
  local tool
  for tool in "${TOOLS[@]}"; do
    command -v "${tool%:*}" >/dev/null || echo "${tool#*:}"
  done | uniq
}

engines() { # 20|26|28|mixed -> the engines meant
  case $1 in
    20 | 26 | 28) echo "$1" ;;
    mixed) echo 20 26 28 ;;
    *) return 1 ;;
  esac
}
engine_of() { # NUMBER: the engine of the lab's n-th node; a mixed lab takes turns
  local all && all=($(engines "$ENGINE"))
  echo "${all[$(($1 % ${#all[@]}))]}"
}
engine_path() { echo "$ENGINES/$1:/usr/sbin:/usr/bin:/sbin:/bin"; } # runc is the system's

# Prints the first thing that this machine lacks, and fails; or succeeds in silence.
machine_lacks() { # ENGINE
  local found engine
  [ "$(uname -s)" = Linux ] || { echo "the lab needs Linux; this is $(uname -s)" && return 1; }
  [ "$(id -u)" = 0 ] || { echo "the lab needs root" && return 1; }
  found=$(engines "$1") || { echo "no engine '$1': 20|26|28|mixed" && return 1; }
  unshare --net --pid --fork --mount --uts true 2>/dev/null ||
    { echo "this machine does not allow new namespaces" && return 1; }
  if [ -f /sys/fs/cgroup/cgroup.controllers ]; then [ -w /sys/fs/cgroup ]; else
    [ -w /sys/fs/cgroup/devices ]
  fi || { echo "this machine's cgroups cannot be written" && return 1; }
  for engine in $(missing_packages); do
    echo "missing package $engine: run 'e2e/lab/lab install'" && return 1
  done
  unshare --net sh -ec '
    ip link add br0 type bridge
    ip link add veth0 type veth peer name veth1
    ip link add vxlan0 type vxlan id 1 dstport 4789
    iptables -t nat -nL' >/dev/null 2>&1 ||
    { echo "this kernel lacks bridge, veth, vxlan or iptables" && return 1; }
  for engine in $found; do
    [ -x "$ENGINES/$engine/dockerd" ] ||
      { echo "engine $engine is missing: run 'e2e/lab/lab install --engine $1'" && return 1; }
  done
}

parse_engine() { # [--engine E]
  case ${1:-} in
    --engine) echo "${2:?"--engine needs a value"}" ;;
    '') echo 20 ;;
    *) die "what is '$1'?" ;;
  esac
}

cmd_check() { # [--engine E]
  local engine && engine=$(parse_engine "$@") || return
  machine_lacks "$engine" || return 3
}

cmd_install() { # [--engine E]
  local engine wanted failed=0
  engine=$(parse_engine "$@") && wanted=$(engines "$engine") || die "--engine 20|26|28|mixed"
  [ "$(id -u)" = 0 ] || die "install needs root"
  command -v apt-get >/dev/null || die "no apt-get here: install $(missing_packages | xargs) yourself"
  mkdir -p "$ENGINES" && lock "$ENGINES"
  install_packages
  for engine in $wanted; do fetch_engine "$engine" || failed=1; done
  for engine in 20 26 28; do
    [ ! -x "$ENGINES/$engine/dockerd" ] ||
      say "engine $engine: $("$ENGINES/$engine/dockerd" --version)"
  done
  return $failed
}

install_packages() {
  local packages && packages=$(missing_packages)
  [ -n "$packages" ] || return 0
  export DEBIAN_FRONTEND=noninteractive
  update_lists || say "apt-get update complained; trying all the same"
  (
    # Installing starts no service: neither the packages' own dockerd nor their registry.
    if [ ! -e /usr/sbin/policy-rc.d ]; then
      trap 'rm -f /usr/sbin/policy-rc.d' EXIT
      printf '#!/bin/sh\nexit 101\n' >/usr/sbin/policy-rc.d
      chmod +x /usr/sbin/policy-rc.d
    fi
    get() {
      apt-get install -y -qq --no-install-recommends -o DPkg::Lock::Timeout=300 "$@" >&2
    }
    get $packages
    # From Debian 13 on the CLI is a package of its own.
    command -v docker >/dev/null || get docker-cli
  )
  packages=$(missing_packages)
  [ -z "$packages" ] || die "could not install: $(echo $packages)"
}

update_lists() { # somebody else's apt may hold the lock for a while
  local i said
  for ((i = 0; i < 60; i++)); do
    said=$(apt-get update -qq 2>&1) && return
    [[ $said == *"Could not get lock"* ]] || { say "$said" && return 1; }
    sleep 2
  done
  return 1
}

# Each engine is the docker.io and containerd of one Debian release. A private apt
# configuration (own lists, own cache) downloads the packages, signatures checked; they
# are unpacked, not installed.
fetch_engine() ( # ENGINE
  engine=$1
  [ -x "$ENGINES/$engine/dockerd" ] && exit
  case $engine in 20) suite=bookworm ;; 26) suite=trixie ;; 28) suite=sid ;; esac
  mirror=${SKEP_LAB_MIRROR:-$(grep -rhoE 'https?://[^ ]+/debian/?( |$)' \
    /etc/apt/sources.list /etc/apt/sources.list.d 2>/dev/null | head -1)}
  keys=$(ls /usr/share/keyrings/debian-archive-keyring.* 2>/dev/null | head -1)
  [ -n "$mirror" ] || die "no Debian mirror in apt's sources: set SKEP_LAB_MIRROR"
  [ -n "$keys" ] || die "missing package debian-archive-keyring"

  work=$(mktemp -d) && chmod 755 "$work" || exit
  trap 'rm -rf "$work"' EXIT
  mkdir -p "$work"/{lists/partial,cache/archives/partial,debs,root,engine}
  echo "deb [signed-by=$keys] $mirror $suite main" >"$work/sources.list"
  options=(
    -o Dir::Etc::sourcelist="$work/sources.list" -o Dir::Etc::sourceparts=-
    -o Dir::State::lists="$work/lists" -o Dir::Cache="$work/cache"
    -o APT::Sandbox::User=root -o APT::Get::AllowUnauthenticated=false
    -o Acquire::Languages=none -o Acquire::Retries=3
  )
  apt-get "${options[@]}" update -qq >&2 || die "engine $engine: $suite cannot be read"
  served=$(apt-cache "${options[@]}" madison docker.io | awk -v s="$suite/" \
    '$3 != "" && index($0, s) {print $3; exit}')
  [[ $served == $engine.* ]] ||
    die "engine $engine: Debian $suite serves Docker ${served:-none} today, not a $engine"

  cd "$work/debs" && apt-get "${options[@]}" download "docker.io/$suite" "containerd/$suite" >&2 ||
    die "engine $engine could not be downloaded"
  for package in *.deb; do dpkg-deb -x "$package" "$work/root" || exit; done
  cp "$work"/root/usr/sbin/{dockerd,docker-proxy} \
    "$work"/root/usr/bin/{containerd,containerd-shim-runc-v2} "$work/engine/" ||
    die "engine $engine: unexpected package layout"
  ls "$work/debs" >"$work/engine/PACKAGES"
  rm -rf "${ENGINES:?}/$engine" "${ENGINES:?}/$engine.new"
  mv "$work/engine" "$ENGINES/$engine.new" && mv "$ENGINES/$engine.new" "$ENGINES/$engine"
)
