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
machine_lacks() ( # ENGINE
  lacks() { echo "$*" && exit 1; }
  [ "$(uname -s)" = Linux ] || lacks "the lab needs Linux; this is $(uname -s)"
  [ "$(id -u)" = 0 ] || lacks "the lab needs root"
  wanted=$(engines "$1") || lacks "no engine '$1': 20|26|28|mixed"
  for package in $(missing_packages); do
    lacks "missing package $package: run 'e2e/lab/lab install'"
  done
  unshare --net --pid --fork --mount --uts true 2>/dev/null ||
    lacks "this machine does not allow new namespaces"
  cgroups=/sys/fs/cgroup
  [ -f $cgroups/cgroup.controllers ] || cgroups+=/devices # v1
  [ -w $cgroups ] || lacks "$cgroups cannot be written"
  unshare --net sh -ec '
    ip link add br0 type bridge
    ip link add veth0 type veth peer name veth1
    ip link add vxlan0 type vxlan id 1 dstport 4789
    iptables -t nat -nL' >/dev/null 2>&1 ||
    lacks "this kernel lacks bridge, veth, vxlan or iptables"
  for engine in $wanted; do
    [ -x "$ENGINES/$engine/dockerd" ] ||
      lacks "engine $engine is missing: run 'e2e/lab/lab install --engine $1'"
  done
)

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
  engine=$(parse_engine "$@") && wanted=$(engines "$engine") ||
    die "--engine 20|26|28|mixed"
  [ "$(id -u)" = 0 ] || die "install needs root"
  command -v apt-get >/dev/null ||
    die "no apt-get here; what is missing: $(missing_packages | xargs)"
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
  update_lists || say "apt-get update complained; trying all the same"
  get $packages
  # From Debian 13 on the CLI is a package of its own.
  command -v docker >/dev/null || get docker-cli
  packages=$(missing_packages)
  [ -z "$packages" ] || die "could not install: $(echo $packages)"
}

# Installing starts no service: neither the packages' own dockerd nor their registry.
get() ( # PACKAGE...
  if [ ! -e /usr/sbin/policy-rc.d ]; then
    trap 'rm -f /usr/sbin/policy-rc.d' EXIT
    printf '#!/bin/sh\nexit 101\n' >/usr/sbin/policy-rc.d
    chmod +x /usr/sbin/policy-rc.d
  fi
  export DEBIAN_FRONTEND=noninteractive
  apt-get install -y -qq --no-install-recommends -o DPkg::Lock::Timeout=300 "$@" >&2
)

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

  cd "$work/debs" &&
    apt-get "${options[@]}" download "docker.io/$suite" "containerd/$suite" >&2 ||
    die "engine $engine could not be downloaded"
  for package in *.deb; do dpkg-deb -x "$package" "$work/root" || exit; done
  cp "$work"/root/usr/sbin/{dockerd,docker-proxy} \
    "$work"/root/usr/bin/{containerd,containerd-shim-runc-v2} "$work/engine/" ||
    die "engine $engine: unexpected package layout"
  # A library that newer Dockers do without, and so may this machine.
  [ "$engine" != 20 ] || ldconfig -p | grep -q libdevmapper.so.1.02.1 ||
    get libdevmapper1.02.1
  "$work/engine/dockerd" --version >/dev/null || die "engine $engine does not run here"
  ls "$work/debs" >"$work/engine/PACKAGES"
  rm -rf "${ENGINES:?}/$engine" "${ENGINES:?}/$engine.new"
  mv "$work/engine" "$ENGINES/$engine.new" && mv "$ENGINES/$engine.new" "$ENGINES/$engine"
)
